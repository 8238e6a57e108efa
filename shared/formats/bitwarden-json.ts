import type { Entry } from "../otp/entry.ts";
import { formatOtpauthUri } from "../otp/otpauth-uri.ts";
import { wholeSecret } from "../otp/whole-secret.ts";
import type { LeftOutReason, WritableEntry, WrittenFile } from "./format.ts";
import { entryLosses, partSayable, whyNotSteam } from "./parts/entry-losses.ts";
import { NO_NAME } from "./parts/login-code.ts";

/** Bitwarden's numbers: a login; an address that stands for its whole domain, or for its host. */
const LOGIN = 1;
const MATCH = { domain: 0, host: 1 } as const;

/**
 * Writes entries as the unencrypted JSON that Bitwarden's vaults and Bitwarden Authenticator import. An item lies in one
 * folder, so the first tag becomes one. What is left out (hotp, motp, yandex) Bitwarden has no codes for.
 */
export function formatBitwardenJson(entries: readonly WritableEntry[]): WrittenFile {
  const { written, leftOut } = partSayable(entries, whyNot);
  const tags = new Set(written.flatMap((entry) => entry.tags.slice(0, 1)));
  const folders = [...tags].map((name) => ({ id: crypto.randomUUID(), name }));
  const items = written.map((entry) => ({
    // Bitwarden Authenticator keeps the identifiers of a file: they must not be those of an earlier one.
    id: crypto.randomUUID(),
    organizationId: null,
    folderId: folders.find(({ name }) => name === entry.tags[0])?.id ?? null,
    type: LOGIN,
    reprompt: 0,
    name: entry.issuer === "" ? NO_NAME : entry.issuer,
    notes: entry.note === "" ? null : entry.note,
    favorite: entry.pinned === true,
    login: {
      uris: entry.sites.map(uriOfSite),
      username: entry.account === "" ? null : entry.account,
      password: null,
      totp: entry.type === "steam" ? `steam://${wholeSecret(entry.secret)}` : formatOtpauthUri(entry),
    },
    collectionIds: null,
  }));
  return {
    text: `${JSON.stringify({ encrypted: false, folders, items }, null, 2)}\n`,
    ending: "json",
    leftOut,
    losses: entryLosses(written, (field) => field === "icon" || field === "further-tags"),
  };
}

/** A Steam account is its secret alone there, so it is of SHA-1 and 30 seconds. */
function whyNot(entry: Entry): LeftOutReason | null {
  if (entry.type === "steam") return whyNotSteam(entry);
  if (entry.type !== "totp") return "type";
  return entry.algorithm === "MD5" ? "algorithm" : null;
}

function uriOfSite(site: string): { match: number; uri: string } {
  return site.startsWith("*.")
    ? { match: MATCH.domain, uri: `https://${site.slice(2)}` }
    : { match: MATCH.host, uri: `https://${site}` };
}
