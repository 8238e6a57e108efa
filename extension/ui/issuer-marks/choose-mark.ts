import { findKnownByName, findKnownBySites } from "./find-known-issuer.ts";
import { type Ink, inkOn } from "./ink.ts";
import { MARK_COLOURS, type MarkSlug } from "./mark-colours.ts";
import { monogramColour, monogramLetter } from "./monogram.ts";

/** What stands for an entry's issuer in a list. `colour` is "#rrggbb", the ground it is drawn on. */
export type IssuerMark =
  | { readonly kind: "drawing"; readonly slug: MarkSlug; readonly colour: string; readonly ink: Ink }
  | { readonly kind: "monogram"; readonly letter: string; readonly colour: string };

/**
 * Chooses the mark of an entry: the drawing or letter of a known service, otherwise a monogram of the issuer's name (of
 * the account's, where there is no issuer). The sites are asked only where no issuer is named: what calls itself
 * something unknown does not borrow the mark of the page it was scanned on.
 */
export function issuerMark(entry: {
  readonly issuer: string;
  readonly account: string;
  readonly sites: readonly string[];
}): IssuerMark {
  const named = entry.issuer.trim() !== "";
  const service = named ? findKnownByName(entry.issuer) : findKnownBySites(entry.sites);
  if (service === null) {
    const name = named ? entry.issuer : entry.account;
    return { kind: "monogram", letter: monogramLetter(name), colour: monogramColour(name) };
  }
  if ("letter" in service) return { kind: "monogram", letter: service.letter, colour: service.colour };
  const colour = MARK_COLOURS[service.slug];
  return { kind: "drawing", slug: service.slug, colour, ink: inkOn(colour) };
}
