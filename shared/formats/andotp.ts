import { base32Decode, hexToBytes, utf8Decode } from "../bytes.ts";
import { type Label, splitAfterIssuer, splitLabel } from "../otp/label.ts";
import { err, type Result } from "../result.ts";
import { maybeAndotpBackup, openAndotpBackup } from "./andotp-encryption.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { brokenEntry, type EntryFields, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonList, jsonObject, parseJson } from "./parts/json-value.ts";

/** The backup of andOTP in plain text (Entry.java), which GNOME's authenticator writes and reads as well. */
export const andotpFormat = {
  id: "andotp",
  recognise: ({ json }) => jsonList(json).some(isAccount),
  read: async ({ json }) => readAccounts(json),
  write: null,
} as const satisfies Format;

/** The same, encrypted with a password in the old or the new way. It has no header, so it is tried last of all. */
export const andotpEncryptedFormat = {
  id: "andotp-encrypted",
  recognise: ({ bytes, text, archive }: FileContent) =>
    text === null && archive === null && maybeAndotpBackup(bytes),
  read: async ({ bytes }, passphrase) => {
    if (passphrase === null) return err("passphrase-needed");
    const opened = await openAndotpBackup(bytes, passphrase);
    if (!opened.ok) return err("wrong-passphrase");
    const text = utf8Decode(opened.value);
    return text.ok ? readAccounts(parseJson(text.value)) : err("corrupt");
  },
  write: null,
} as const satisfies Format;

/** What other programs' lists of objects with a secret have, and this has not. */
const NAMES_OF_OTHERS = ["kind", "otpGenerator", "otp", "content", "otp_type"];

function isAccount(json: unknown): boolean {
  const account = jsonObject(json);
  if (account === null || typeof account.secret !== "string") return false;
  // Whose label is missing or null is still told by its type.
  const isTyped = /^(?:TOTP|HOTP|STEAM|MOTP)$/.test(textOf(account.type)) && "digits" in account;
  if (typeof account.label !== "string" && !isTyped) return false;
  return !NAMES_OF_OTHERS.some((name) => name in account);
}

function readAccounts(json: unknown): Result<ReadFile, FileRefusal> {
  return Array.isArray(json) ? gatherEntries(json.map(readAccount)) : err("corrupt");
}

function readAccount(json: unknown): Result<ReadEntry, RejectedEntry> {
  const account = jsonObject(json);
  if (account === null) return err(brokenEntry());
  const type = textOf(account.type) || "TOTP";
  return readFields({
    type,
    ...namesOf(textOf(account.issuer), textOf(account.label)),
    ...(/^motp$/i.test(type) ? motpSecret(textOf(account.secret)) : { secret: account.secret }),
    algorithm: account.algorithm,
    digits: account.digits,
    period: account.period,
    counter: account.counter,
    pin: account.pin,
    tags: jsonList(account.tags),
  });
}

/** Before it had a field, the issuer stood in the label: "Issuer:alice", "Issuer - alice", or as both at once. */
function namesOf(issuer: string, label: string): Label {
  if (issuer !== "") return { issuer, account: splitAfterIssuer(label, issuer)?.account ?? label };
  const [, before, behind] = /^(.+?)\s+-\s+(.+)$/s.exec(label) ?? [];
  if (before === undefined || behind === undefined) return splitLabel(label, "");
  return { issuer: before, account: splitAfterIssuer(behind, before)?.account ?? behind };
}

/** Hexadecimal as Mobile-OTP has it, or the base32 of that text. */
function motpSecret(text: string): Pick<EntryFields, "secret" | "spelling"> {
  if (hexToBytes(text).ok) return { secret: text, spelling: "motp" };
  const bytes = base32Decode(text);
  const inner = bytes.ok ? utf8Decode(bytes.value) : null;
  const isHex = inner?.ok === true && inner.value.length >= 16 && hexToBytes(inner.value).ok;
  return isHex ? { secret: inner.value, spelling: "motp" } : { secret: text };
}
