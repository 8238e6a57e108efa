/** What a label names. Either may be empty. */
export type Label = { readonly issuer: string; readonly account: string };

/**
 * Splits a decoded label "issuer:account" of the Key URI format.
 *
 * The issuer known from elsewhere comes first, because issuers with a colon exist ("Text: More Text:alice"). Otherwise
 * the first colon ends the issuer and further ones belong to the account ("Matrix:@alice:matrix.org"). Without a
 * colon all of it is the account. Blanks around either part are no part of it.
 *
 * @param knownIssuer the issuer parameter, "" if there is none
 */
export function splitLabel(label: string, knownIssuer: string): Label {
  const text = label.trim();
  return splitAfterIssuer(text, knownIssuer) ?? splitAtFirstColon(text);
}

/** The label, not encoded, that splitLabel takes apart again, given the same issuer. */
export function joinLabel({ issuer, account }: Label): string {
  // Without the leading colon, the account's own would be taken for the end of an issuer.
  return issuer === "" && !account.includes(":") ? account : `${issuer}:${account}`;
}

/** Splits a label that begins with this issuer and a colon, in any case; null if it does not. */
export function splitAfterIssuer(label: string, issuer: string): Label | null {
  const text = label.trim();
  const start = text.slice(0, issuer.length);
  if (issuer === "" || start.toLowerCase() !== issuer.toLowerCase()) return null;
  const rest = text.slice(issuer.length).trimStart();
  return rest.startsWith(":") ? { issuer: start, account: rest.slice(1).trim() } : null;
}

function splitAtFirstColon(text: string): Label {
  const colon = text.indexOf(":");
  if (colon === -1) return { issuer: "", account: text };
  return { issuer: text.slice(0, colon).trim(), account: text.slice(colon + 1).trim() };
}
