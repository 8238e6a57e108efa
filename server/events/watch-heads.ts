import { createHash } from "node:crypto";
import type { Database } from "../db/open.ts";
import { readHeads } from "../groups/read.ts";
import type { Bus } from "./bus.ts";

export type Head = { readonly g: string; readonly n: number; readonly head: string };

/** Looks again after so long even if nothing was heard: news may get lost, and a session may have ended. */
const LOOK_MS = 15_000;

export type Watch = {
  readonly db: Database;
  readonly bus: Bus;
  readonly userId: string;
  /** Asked before anything is said: whoever has been signed out hears no more. */
  readonly isSignedIn: () => Promise<boolean>;
  /** The id of the last event that they got before, if any. */
  readonly after: string | null;
  readonly signal: AbortSignal | undefined;
  readonly lookMs?: number;
};

/**
 * Says which head each of somebody's groups has, and then each that changes. An event's id names all that has been said up
 * to it: whoever comes back with that of the last one hears the heads again only if any has changed since.
 *
 * @returns why it ends. "signed-out"; "too-many": they watch so often already; "come-again": the server stops, or they are
 *   in one group less, and hear which are left when they begin anew
 */
export async function* watchHeads({
  db,
  bus,
  userId,
  isSignedIn,
  after,
  signal,
  lookMs = LOOK_MS,
}: Watch): AsyncGenerator<{ id: string; data: Head }, "signed-out" | "too-many" | "come-again"> {
  const told = new Map<string, Head>();
  const bell = newBell();
  let isOver = false;
  // Before the first look: what changes between the two is heard.
  const stopListening = bus.listen(userId, (news) => {
    if (news === "closed") isOver = true;
    if (typeof news === "string" || told.has(news.g) || news.users.includes(userId)) bell.ring();
  });
  if (stopListening === null) return "too-many";
  signal?.addEventListener("abort", bell.ring);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const heads = await readHeads(db, userId);
      if (!(await isSignedIn())) return "signed-out";
      if (isOver || signal?.aborted) return "come-again";
      const theirs = new Set(heads.map(({ g }) => g));
      if ([...told.keys()].some((g) => !theirs.has(g))) return "come-again";
      if (isFirst && after !== null && after === nameOf(heads))
        for (const head of heads) told.set(head.g, head);
      for (const head of heads) {
        if (told.get(head.g)?.head === head.head) continue;
        told.set(head.g, head);
        yield { id: nameOf([...told.values()]), data: head };
      }
      await bell.rings(lookMs);
      if (isOver || signal?.aborted) return "come-again";
    }
  } finally {
    stopListening();
    signal?.removeEventListener("abort", bell.ring);
  }
}

/** A short name for exactly these heads. */
function nameOf(heads: readonly Head[]): string {
  const lines = heads.map(({ g, n, head }) => `${g} ${n} ${head}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("base64url").slice(0, 22);
}

/** Something to wait for that may have happened already. */
function newBell() {
  let hasRung = false;
  let wake = (): void => {};
  return {
    ring(): void {
      hasRung = true;
      wake();
    },
    /** Waits until it rings, or for so many milliseconds. */
    async rings(most: number): Promise<void> {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, most);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      hasRung = false;
      wake = () => {};
    },
  };
}
