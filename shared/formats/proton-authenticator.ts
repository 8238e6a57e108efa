import { type Bytes, base64ToBytes, utf8 } from "../bytes.ts";
import { openAesGcm } from "../crypto/foreign.ts";
import { foreignArgon2id } from "../crypto/foreign-argon2id.ts";
import { parseOtpauthUri } from "../otp/otpauth-uri.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { brokenEntry, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { countOf, jsonOfBytes, recordOf } from "./parts/json-value.ts";

/**
 * What Proton Authenticator exports, plain or encrypted (protonpass/proton-pass-common, proton-authenticator): URIs,
 * with the name of Steam Guard codes beside them.
 */
export const protonAuthenticatorFormat = {
  id: "proton-authenticator",
  recognise: ({ json }) => json !== null && (isPlain(json) || isEncrypted(json)),
  read: readProtonAuthenticator,
  write: null,
} as const satisfies Format;

const KNOWN_VERSION = 1;
const KDF = { memoryKib: 19_456, iterations: 2, parallelism: 1 } as const;
const NONCE_BYTES = 12;
const AAD = "proton.authenticator.export.v1";

function isPlain(json: object): boolean {
  const { version, entries } = recordOf(json);
  if (countOf(version) === null || !Array.isArray(entries)) return false;
  return entries.length === 0 || entries.some((entry) => "uri" in recordOf(recordOf(entry).content));
}

/** Others have a salt and contents too; these three and no more is what tells. */
function isEncrypted(json: object): boolean {
  const { version, salt, content } = recordOf(json);
  const isShaped = countOf(version) !== null && typeof salt === "string" && typeof content === "string";
  return isShaped && Object.keys(json).length === 3;
}

async function readProtonAuthenticator(
  { json }: FileContent,
  passphrase: string | null,
): Promise<Result<ReadFile, FileRefusal>> {
  if (json === null) return err("corrupt");
  const file = recordOf(json);
  if (typeof file.content !== "string") return readEntries(file);
  if (passphrase === null) return err("passphrase-needed");
  const opened = await openExport(file, passphrase);
  return opened.ok ? readEntries(recordOf(jsonOfBytes(opened.value))) : opened;
}

function readEntries(file: Readonly<Record<string, unknown>>): Result<ReadFile, FileRefusal> {
  if (!Array.isArray(file.entries)) return err(isNewer(file) ? "newer-version" : "corrupt");
  const read = gatherEntries(file.entries.map(readEntry));
  return read.ok && read.value.entries.length === 0 && isNewer(file) ? err("newer-version") : read;
}

function readEntry(entry: unknown): Result<ReadEntry, RejectedEntry> {
  const { content, note } = recordOf(entry);
  const { uri, name, entry_type } = recordOf(content);
  const label = textOf(name);
  const text = textOf(uri);
  if (text === "") return err(brokenEntry(label));
  const isSteam = textOf(entry_type).toLowerCase() === "steam";
  const isBare = isSteam && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const read = parseOtpauthUri(isBare ? `steam://${text}` : text);
  if (!read.ok) return err({ ...read.error, label, line: null });
  const { draft, notices } = read.value;
  const account = draft.account || label;
  return ok({
    draft: { ...draft, account, ...(textOf(note) === "" ? {} : { note: textOf(note) }) },
    notices: account === "" ? notices : notices.filter((notice) => notice !== "no-name"),
    line: null,
  });
}

async function openExport(
  file: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<Bytes, FileRefusal>> {
  const salt = base64ToBytes(String(file.salt));
  const content = base64ToBytes(String(file.content));
  if (!salt.ok || !content.ok || content.value.length < NONCE_BYTES) return err("corrupt");
  const key = await foreignArgon2id(utf8(passphrase), salt.value, KDF);
  if (!key.ok) return key;
  const opened = await openAesGcm(key.value, {
    nonce: content.value.subarray(0, NONCE_BYTES),
    sealed: content.value.subarray(NONCE_BYTES),
    aad: utf8(AAD),
  });
  if (opened.ok) return opened;
  return err(isNewer(file) ? "newer-version" : "wrong-passphrase");
}

function isNewer({ version }: Readonly<Record<string, unknown>>): boolean {
  return (countOf(version) ?? KNOWN_VERSION) > KNOWN_VERSION;
}
