import { foldLink } from "../../shared/group/fold.ts";
import { readLink } from "../../shared/group/link.ts";
import { applyChanges, type Known, NOTHING_KNOWN } from "../../shared/group/state.ts";
import type { Database } from "../db/open.ts";
import { readRotation } from "./read.ts";
import { readCore, readState } from "./state.ts";

/** "sound", or the first thing that is not: a link that does not follow from those before it, or rows that differ. */
export type Refolded = "sound" | { readonly what: "link"; readonly n: number } | { readonly what: "rows" };

/**
 * Folds a group's log from its first link and compares what comes out with the rows that are read in its place: both as
 * they were at one moment, since others may be appending.
 */
export async function refold(db: Database, g: string): Promise<Refolded> {
  let known: Known = NOTHING_KNOWN;
  const { links, rows } = await readAtOneMoment(db, g);
  for (const { n, body, sig, hash } of links) {
    const read = await readLink({ body, sig });
    if (!read.ok || read.value.hash !== hash) return { what: "link", n };
    const { action } = read.value;
    const list =
      action.t === "rotate" || action.t === "remove"
        ? await readRotation(db, g, action.epoch, action.records)
        : null;
    const changes = await foldLink(known, read.value, { rotation: list && new Uint8Array(list) });
    if (!changes.ok || action.n !== n) return { what: "link", n };
    known = applyChanges(known, changes.value);
  }
  return sameText(known, rows) ? "sound" : { what: "rows" };
}

/** Nobody appends to a group so often that it would not be still for once. */
const MOST_LOOKS = 100;

/** Without locking anything, because a copy is looked at as well: whoever appended in between has moved the head. */
async function readAtOneMoment(db: Database, g: string) {
  for (let look = 1; ; look++) {
    const before = await readCore(db, g);
    const links = await db.selectFrom("group_link").selectAll().where("g", "=", g).orderBy("n").execute();
    const rows = await readState(db, g);
    if ((await readCore(db, g))?.n === before?.n || look === MOST_LOOKS) return { links, rows };
  }
}

function sameText(a: Known, b: Known): boolean {
  const textOf = ({ core, members, heads }: Known) =>
    JSON.stringify([
      core && Object.entries(core).sort(),
      ...[members, heads].map((rows) =>
        [...rows.values()].map((row) => Object.entries(row).sort()).sort(byFirstText),
      ),
    ]);
  return textOf(a) === textOf(b);
}

function byFirstText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
