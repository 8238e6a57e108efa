import type { Entry } from "../otp/entry.ts";
import type { EntryLoss, LostField, WrittenFile } from "./format.ts";

/**
 * Writes a backup as the browser extension Authenticator does, in the clear: an object by random hashes, defaults left
 * out, CRLF (getOTPStorageFromEntry and getBackupFile). Whoever takes it in twice there has every entry twice.
 */
export function formatAuthenticatorExtension(entries: readonly Entry[]): WrittenFile {
  const written = entries.filter(hasForm);
  const stored = written.map((entry, index) => storedOf(entry, index));
  const text = JSON.stringify(Object.fromEntries(stored.map((item) => [item.hash, item])), null, 2);
  return {
    text: text.replaceAll("\n", "\r\n"),
    leftOut: entries.filter((entry) => !hasForm(entry)),
    losses: written.map(lossOf).filter(({ fields }) => fields.length > 0),
  };
}

/** mOTP and Yandex are unknown there; so is MD5. */
function hasForm({ type, algorithm }: Entry): boolean {
  return (type === "totp" || type === "hotp" || type === "steam") && algorithm !== "MD5";
}

function storedOf(entry: Entry, index: number) {
  const [site] = hostsOf(entry);
  // Two colons would be read as the beginning of a host.
  const issuer = entry.issuer.replace(/:{2,}/g, ":");
  const named = site === undefined ? issuer : `${issuer}::${site}`;
  return {
    encrypted: false,
    hash: crypto.randomUUID(),
    index,
    type: entry.type,
    secret: entry.secret,
    ...(entry.type === "hotp" ? { counter: entry.counter ?? 0 } : {}),
    ...(entry.period === null || entry.period === 30 ? {} : { period: entry.period }),
    ...(named === "" ? {} : { issuer: named }),
    ...(entry.account === "" ? {} : { account: entry.account }),
    ...(entry.type === "steam" || entry.digits === 6 ? {} : { digits: entry.digits }),
    ...(entry.algorithm === "SHA1" ? {} : { algorithm: entry.algorithm }),
    dataType: "OTPStorage",
  };
}

function hostsOf({ sites }: Entry): string[] {
  return sites.filter((site) => site.includes(".") && !site.startsWith("*."));
}

function lossOf(entry: Entry): EntryLoss {
  const isLost: Record<LostField, boolean> = {
    note: entry.note !== "",
    tags: entry.tags.length > 0,
    icon: entry.icon !== null,
    // It holds one host; sites below a domain, and further ones, are left out.
    sites: entry.sites.length > Math.min(hostsOf(entry).length, 1),
    // Versions up to 8.0 read every algorithm of a backup as SHA1.
    algorithm: entry.algorithm !== "SHA1",
  };
  // Object.keys gives the keys of the literal above, which the compiler knows only as strings.
  return { entry, fields: (Object.keys(isLost) as LostField[]).filter((field) => isLost[field]) };
}
