import type { FillPlace } from "./use-commands.ts";

/** A fill that waits for the person to say that this entry belongs to this host. */
export interface UnboundFill extends FillPlace {
  readonly entryId: string;
  readonly name: string;
  /** The group, by its name, in which this person may only use codes; null where they may bind the entry to a site. */
  readonly onlyCodesOf: string | null;
  readonly sites: readonly string[];
  readonly outcome: { readonly host: string; readonly frameId: number };
  readonly pressId: string;
  /** What is to be said beside its code, of a counter that could not be had for it alone. */
  readonly counted: string | null;
}
