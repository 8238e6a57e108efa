import { utf8Decode } from "../bytes.ts";
import { err, type Result } from "../result.ts";
import type { FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { readOtpauthList } from "./otpauth-list.ts";
import { brokenEntry, readFields, textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { jsonList, jsonObject, parseJson } from "./parts/json-value.ts";
import { openStratumBackup, stratumEncryption } from "./stratum-encryption.ts";

/** The types by their number (AuthenticatorType.cs). */
const TYPES: Readonly<Record<string, string>> = { 1: "hotp", 2: "totp", 3: "motp", 4: "steam", 5: "yandex" };
/** The hash functions by their number (HashAlgorithm.cs). */
const ALGORITHMS: Readonly<Record<string, string>> = { 0: "SHA1", 1: "SHA256", 2: "SHA512" };

/** The backup of Stratum, formerly Authenticator Pro: plain, in both encryptions, and the page it makes for printing. */
export const stratumFormat = {
  id: "stratum",
  recognise: ({ bytes, json, text }) =>
    stratumEncryption(bytes) !== null || isBackup(json) || (text !== null && isPage(text)),
  read: async ({ bytes, json, text }, passphrase) => {
    if (stratumEncryption(bytes) === null) {
      return isBackup(json) || text === null ? readBackup(json) : readPage(text);
    }
    if (passphrase === null) return err("passphrase-needed");
    const opened = await openStratumBackup(bytes, passphrase);
    if (!opened.ok) return opened;
    const plain = utf8Decode(opened.value);
    const backup = plain.ok ? parseJson(plain.value) : undefined;
    // What a wrong password opens by luck is no JSON.
    return backup === undefined ? err("wrong-passphrase") : readBackup(backup);
  },
  write: null,
} as const satisfies Format;

function isBackup(json: unknown): boolean {
  return Array.isArray(jsonObject(json)?.Authenticators);
}

function readBackup(json: unknown): Result<ReadFile, FileRefusal> {
  const backup = jsonObject(json);
  if (backup === null || !Array.isArray(backup.Authenticators)) return err("corrupt");
  const tags = tagsBySecret(backup);
  const icons = new Map(
    jsonList(backup.CustomIcons).map((icon) => {
      const { Id, Data } = jsonObject(icon) ?? {};
      return [`@${textOf(Id)}`, Data];
    }),
  );
  return gatherEntries(backup.Authenticators.map((item) => readAuthenticator(item, { tags, icons })));
}

function readAuthenticator(
  json: unknown,
  { tags, icons }: { tags: ReadonlyMap<string, unknown[]>; icons: ReadonlyMap<string, unknown> },
): Result<ReadEntry, RejectedEntry> {
  const item = jsonObject(json);
  if (item === null) return err(brokenEntry());
  const { Type, Algorithm } = item;
  const type = TYPES[textOf(Type)] ?? textOf(Type);
  const isFixed = type === "motp" || type === "yandex";
  return readFields({
    type,
    issuer: item.Issuer,
    account: item.Username,
    secret: item.Secret,
    spelling: type === "motp" ? "motp" : "base32",
    pin: item.Pin,
    // Before PINs had a field of their own, they stood behind the secret: the code is of one after the other.
    isPinInSecret: type === "motp" && !("Pin" in item),
    algorithm: ALGORITHMS[textOf(Algorithm)] ?? textOf(Algorithm),
    digits: type === "steam" ? "" : item.Digits,
    // Its own period of these is one for drawing; the codes change every 10 and every 30 seconds.
    period: isFixed ? "" : item.Period,
    counter: item.Counter,
    tags: tags.get(textOf(item.Secret)) ?? [],
    icon: { data: icons.get(textOf(item.Icon)) },
  });
}

/** Categories are joined by the secret, which is the key of an authenticator there. */
function tagsBySecret(backup: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown[]> {
  const names = new Map(
    jsonList(backup.Categories).map((category) => {
      const { Id, Name } = jsonObject(category) ?? {};
      return [textOf(Id), Name];
    }),
  );
  const tags = new Map<string, unknown[]>();
  for (const join of jsonList(backup.AuthenticatorCategories)) {
    const { CategoryId, AuthenticatorSecret } = jsonObject(join) ?? {};
    const secret = textOf(AuthenticatorSecret);
    tags.set(secret, [...(tags.get(secret) ?? []), names.get(textOf(CategoryId))]);
  }
  return tags;
}

/** A table whose third column is the URI, as it is or with its "&" escaped (HtmlBackup.cs). */
const PAGE_URI = /<code>\s*((?:otpauth|motp):\/\/[^<]+?)\s*<\/code>/gi;

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text) && text.search(PAGE_URI) !== -1;
}

function readPage(text: string): Result<ReadFile, FileRefusal> {
  const uris = [...text.matchAll(PAGE_URI)].map(([, uri = ""]) => uri.replace(/\s+/g, " "));
  const { entries, rejected, notices } = readOtpauthList(uris.join("\n"));
  if (entries.length + rejected.length === 0) return err("nothing-found");
  // Lines of a text that the person never saw.
  const withoutLine = { line: null };
  return {
    ok: true,
    value: {
      entries: entries.map((entry) => ({ ...entry, ...withoutLine })),
      rejected: rejected.map((entry) => ({ ...entry, ...withoutLine })),
      notices,
    },
  };
}
