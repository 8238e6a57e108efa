import { err, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { brokenEntry, readFields } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { childText, elementsOf, readXml, type Xml } from "./parts/xml.ts";

/**
 * The configuration of WinAuth 3 (winauth.xml: WinAuthConfig.cs, WinAuthAuthenticator.cs, Authenticator.cs). Secrets are
 * mostly protected by Windows or by a password; those in the clear are read. What WinAuth exports is a list of URIs, in an
 * archive or not, which needs nothing of its own.
 */
export const winauthFormat = {
  id: "winauth",
  recognise: ({ xmlRoot }) => xmlRoot === "WinAuth",
  read: async ({ text }) => {
    const root = await readXml(text ?? "");
    if (!root.ok) return root;
    const items = elementsOf(root.value, "WinAuthAuthenticator");
    const isProtected =
      items.length === 0 && elementsOf(root.value, "data").some((data) => data.attributes.encrypted);
    if (isProtected || (items.length > 0 && items.every((item) => secretOf(item) === null))) {
      return err("protected-key");
    }
    return gatherEntries(items.map(readItem));
  },
  write: null,
} as const satisfies Format;

/** What the authenticator keeps, in the clear; null where it is protected. */
function secretOf(item: Xml): string | null {
  const [data] = elementsOf(item, "authenticatordata");
  if (data === undefined || data.attributes.encrypted) return null;
  const secret = childText(data, "secretdata").trim();
  return secret === "" ? null : secret;
}

/** "hex TAB digits TAB algorithm TAB period", and behind bars what the kind needs beside: for HOTP its counter. */
function readItem(item: Xml): Result<ReadEntry, RejectedEntry> {
  const name = childText(item, "name").trim();
  const data = secretOf(item);
  if (data === null) return { ok: false, error: { ...brokenEntry(name), reason: "secret-hidden" } };
  const [code = "", second = ""] = data.split("|");
  const [secret = "", digits = "", algorithm = "", period = ""] = code.split("\t");
  const kind = /(\w+?)Authenticator$/.exec(item.attributes.type ?? "")?.[1]?.toLowerCase() ?? "";
  const type = kind === "steam" || kind === "hotp" ? kind : "totp";
  return readFields({
    type,
    issuer: kind === "steam" ? "Steam" : kind === "battlenet" ? "Battle.net" : "",
    account: name,
    secret,
    spelling: "hex",
    algorithm,
    digits: type === "steam" ? "" : digits || (kind === "battlenet" ? 8 : ""),
    period,
    counter: type === "hotp" ? second : "",
  });
}
