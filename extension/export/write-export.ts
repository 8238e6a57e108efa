import { base32Decode, bytesToHex, utf8 } from "../../shared/bytes.ts";
import type { WrittenCode } from "../../shared/formats/format.ts";
import { parseObject } from "../../shared/formats/parts/json-value.ts";
import type { Entry, EntryDraft } from "../../shared/otp/entry.ts";
import { requireAllowed } from "../policy/forbidden.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { exportFileName } from "./export-file-name.ts";
import { readExportable } from "./read-exportable.ts";
import type { WayOut } from "./ways-out.ts";
import { writeCodesAs, writeFileAs } from "./write-as.ts";

export type ExportFile = {
  readonly fileName: string;
  readonly mediaType: string;
  /** Unless it is encrypted: whoever has it has every code. */
  readonly text: string;
  readonly written: number;
  readonly leftOut: number;
};

const MEDIA_TYPES = { json: "application/json", txt: "text/plain" } as const;

/**
 * Writes entries into a file of another program, and reads that file again before it is reported. Throws
 * VaultLockedError, ForbiddenByPolicyError, and where the file does not read back.
 *
 * @param passphrase null writes it plain
 * @param now milliseconds since 1970 UTC, for the name
 */
export async function writeExport(
  ids: readonly string[],
  wayOut: WayOut,
  { passphrase, now }: { readonly passphrase: string | null; readonly now: number },
): Promise<ExportFile> {
  if ((wayOut.way === "encrypted") !== (passphrase !== null)) throw Error("only what is encrypted takes one");
  const { opened, unreadable } = await readExportable(ids);
  const entries = opened.map(({ entry }) => entry);
  const { text, ending, leftOut } = await writeFileAs(wayOut, entries, passphrase);
  const stays = new Set(leftOut.map(({ entry }) => entry));
  const written = entries.filter((entry) => !stays.has(entry));
  await requireReadable(wayOut, text, { passphrase, written });
  // A policy may have come, or the vault been locked, while the key was derived.
  await Promise.all([requireAllowed("exportForbidden"), requireVaultKey()]);
  return {
    fileName: exportFileName({ format: wayOut.format.id, ending }, now),
    mediaType: MEDIA_TYPES[ending],
    text,
    written: written.length,
    leftOut: leftOut.length + unreadable.length,
  };
}

/** The QR codes of an export, to be shown. Throws VaultLockedError, ForbiddenByPolicyError. */
export async function exportCodes(ids: readonly string[], wayOut: WayOut): Promise<readonly WrittenCode[]> {
  const { opened } = await readExportable(ids);
  return writeCodesAs(
    wayOut,
    opened.map(({ entry }) => entry),
  ).codes;
}

/** Every code that was written has to come out of the file again, in its place. */
async function requireReadable(
  { format }: WayOut,
  text: string,
  { passphrase, written }: { readonly passphrase: string | null; readonly written: readonly Entry[] },
): Promise<void> {
  if (written.length === 0) throw Error("there is nothing to write");
  const json = parseObject(text);
  const file = { bytes: utf8(text), text, codePage: null, json, xmlRoot: null, archive: null };
  const read = format.recognise(file) ? await format.read(file, passphrase) : null;
  const back = read?.ok ? read.value.entries.map(({ draft }) => parametersOf(draft)) : [];
  const isWhole = back.join("\n") === written.map(parametersOf).join("\n");
  if (!isWhole) throw Error("the export does not read back");
}

/** What a code is made of, with the secret as its bytes: left-over bits of base32 are no part of it. */
function parametersOf({ type, secret, algorithm, digits, period, counter, pin }: EntryDraft): string {
  const bytes = base32Decode(secret);
  const key = bytes.ok ? bytesToHex(bytes.value) : secret;
  return JSON.stringify([type, key, algorithm, digits, period, counter, pin || null]);
}
