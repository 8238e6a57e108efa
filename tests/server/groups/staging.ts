import type { Quota, Stager } from "../../../server/groups/quota.ts";

const PLENTY: Quota = { stagedBytes: 1_000_000, groupBytes: 10_000_000, logBytes: 10_000_000, groups: 100 };

/** Somebody who stages something, with as much room as is said. */
export function staging(g: string, { id }: { readonly id: string }, quota: Partial<Quota> = {}): Stager {
  return { g, userId: id, quota: { ...PLENTY, ...quota } };
}
