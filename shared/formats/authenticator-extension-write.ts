import type { Entry } from "../otp/entry.ts";
import { wholeSecret } from "../otp/whole-secret.ts";
import type { LeftOutReason, LostField, WritableEntry, WrittenFile } from "./format.ts";
import { entryLosses, partSayable } from "./parts/entry-losses.ts";

/**
 * Writes a backup as the browser extension Authenticator does, in the clear: an object by random hashes, defaults left
 * out, CRLF (getOTPStorageFromEntry and getBackupFile). Whoever takes it in twice there has every entry twice.
 */
export function formatAuthenticatorExtension(entries: readonly WritableEntry[]): WrittenFile {
  const { written, leftOut } = partSayable(entries, whyNot);
  const stored = written.map((entry, index) => storedOf(entry, index));
  const text = JSON.stringify(Object.fromEntries(stored.map((item) => [item.hash, item])), null, 2);
  return {
    text: text.replaceAll("\n", "\r\n"),
    ending: "json",
    leftOut,
    losses: entryLosses(written, isLost),
  };
}

/** mOTP and Yandex are unknown there; so is MD5. */
function whyNot({ type, algorithm }: Entry): LeftOutReason | null {
  if (type === "motp" || type === "yandex") return "type";
  return algorithm === "MD5" ? "algorithm" : null;
}

function storedOf(entry: WritableEntry, index: number) {
  const [site] = hostsOf(entry);
  const issuer = issuerOf(entry);
  const named = site === undefined ? issuer : `${issuer}::${site}`;
  return {
    encrypted: false,
    hash: crypto.randomUUID(),
    index,
    type: entry.type,
    secret: wholeSecret(entry.secret),
    ...(entry.type === "hotp" ? { counter: entry.counter ?? 0 } : {}),
    ...(entry.period === null || entry.period === 30 ? {} : { period: entry.period }),
    ...(named === "" ? {} : { issuer: named }),
    ...(entry.account === "" ? {} : { account: entry.account }),
    ...(entry.type === "steam" || entry.digits === 6 ? {} : { digits: entry.digits }),
    ...(entry.algorithm === "SHA1" ? {} : { algorithm: entry.algorithm }),
    ...(entry.pinned ? { pinned: true } : {}),
    dataType: "OTPStorage",
  };
}

function hostsOf({ sites }: Entry): string[] {
  return sites.filter((site) => site.includes(".") && !site.startsWith("*."));
}

/** Two colons are read as the beginning of a host, as those before the host are. */
function issuerOf(entry: Entry): string {
  const issuer = entry.issuer.replace(/:{2,}/g, ":");
  return hostsOf(entry).length > 0 ? issuer.replace(/:$/, "") : issuer;
}

function isLost(field: LostField, entry: WritableEntry): boolean {
  switch (field) {
    case "note":
    case "tags":
    case "icon":
      return true;
    case "pinned":
    case "further-tags":
      return false;
    case "names":
      return issuerOf(entry) !== entry.issuer;
    // It holds one host; sites below a domain, and further ones, are left out.
    case "sites":
      return hostsOf(entry).length === 0;
    case "further-sites":
      return hostsOf(entry).length > 0;
    case "algorithm":
      // Versions up to 8.0 read every algorithm of a backup as SHA1.
      return true;
  }
}
