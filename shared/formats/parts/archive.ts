import type { Entry } from "@zip.js/zip.js";
import { type Bytes, concatBytes } from "../../bytes.ts";
import { err, ok, type Result } from "../../result.ts";

/** A ZIP archive whose list of contents was read, and nothing else of it yet. */
export type Archive = {
  /** Paths of the files in it, folders left out. */
  readonly names: readonly string[];
  /** Whether any of them is encrypted: ZipCrypto or WinZip AES. */
  readonly isEncrypted: boolean;
  /** Reads one of the files. */
  readonly read: (name: string, passphrase: string | null) => Promise<Result<Bytes, ArchiveRefusal>>;
};

export type ArchiveRefusal = "passphrase-needed" | "wrong-passphrase" | "corrupt" | "too-large";

/**
 * The files of an export are text: what unpacks to more than this, all that is read of it together, was made to fill the
 * memory.
 */
const MOST_BYTES = 64_000_000;
/** What an export of a password manager with its attachments may have. */
const MOST_FILES = 10_000;

/** "PK" and what begins a file, an archive without any, or one that was split. */
const SIGNATURES = [0x04034b50, 0x06054b50, 0x08074b50];

/** Whether the bytes begin as a ZIP archive does (APPNOTE.TXT 4.3). */
export function isZip(bytes: Bytes): boolean {
  if (bytes.length < 4) return false;
  return SIGNATURES.includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true));
}

/** Lists the contents of a ZIP archive; null if they can't be. */
export async function openArchive(bytes: Bytes): Promise<Archive | null> {
  // The one without WebAssembly of its own, which it would fetch: browsers inflate by themselves.
  const zip = await import("@zip.js/zip.js/lib/zip-core-native.js");
  // Workers of its own would be files that the extension has to bring along, for nothing: this runs in one already.
  const reader = new zip.ZipReader(new zip.Uint8ArrayReader(bytes), { useWebWorkers: false });
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (!entry.directory) entries.set(entry.filename, entry);
      if (entries.size > MOST_FILES) return null;
    }
  } catch {
    return null;
  }
  // Many names may lead to the same packed bytes.
  let left = MOST_BYTES;
  return {
    names: [...entries.keys()],
    isEncrypted: [...entries.values()].some((entry) => entry.encrypted),
    read: async (name, passphrase) => {
      const entry = entries.get(name);
      if (!entry || entry.directory) return err("corrupt");
      if (entry.encrypted && passphrase === null) return err("passphrase-needed");
      const read = await readMember(entry, passphrase, left);
      if (read.ok) left -= read.value.length;
      return read;
    },
  };
}

async function readMember(
  entry: Exclude<Entry, { directory: true }>,
  passphrase: string | null,
  most: number,
): Promise<Result<Bytes, ArchiveRefusal>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isTooLarge = entry.uncompressedSize > most;
  if (isTooLarge) return err("too-large");
  const sink = new WritableStream<Uint8Array>({
    write: (piece) => {
      // The size that the list of contents names may be a lie.
      length += piece.length;
      isTooLarge = length > most;
      if (isTooLarge) throw Error("too large");
      pieces.push(piece);
    },
  });
  try {
    await entry.getData(sink, {
      ...(passphrase === null ? {} : { password: passphrase }),
      useWebWorkers: false,
      checkSignature: true,
    });
    return ok(concatBytes(...pieces));
  } catch {
    if (isTooLarge) return err("too-large");
    // One wrong passphrase in 256 passes the first test of ZipCrypto and fails at what comes out.
    return err(entry.encrypted ? "wrong-passphrase" : "corrupt");
  }
}
