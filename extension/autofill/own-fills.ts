import * as z from "zod/mini";
import { sessionItem } from "../platform/session-storage.ts";

const ownFillSchema = z.object({
  /** The document that was filled: the browser's name for it, or its tab and its own where the browser names none. */
  document: z.string(),
  origin: z.string(),
  entryId: z.string(),
  /** The time step (RFC 6238) whose code it got. */
  step: z.int(),
  /** Milliseconds since 1970 UTC. */
  at: z.number(),
  /** Whether its form was to be sent off, too. */
  submit: z.boolean(),
});

/** One code that was put into a page without a gesture. */
export type OwnFillRecord = z.infer<typeof ownFillSchema>;

/** In session memory: what a worker has done counts for the next one too. */
const item = sessionItem("own-fills", z.array(ownFillSchema));
const LOCK = "countersign-own-fills";

/** A page that asks again and again is answered this often; then it takes a gesture. */
const MOST_PER_DOCUMENT = 3;
/** A site that asks for a code again right after one was sent to it did not like it: the person looks first (ms). */
const SUBMIT_REST_MS = 120_000;
/** More documents than anybody has open at sites of this kind. */
const MOST_KEPT = 300;

/** "again": this document had that code, so another step has to come first. "enough": it had as many as it gets. */
export type OwnFillClaim =
  | { readonly kind: "claimed"; readonly submit: boolean }
  | { readonly kind: "again" | "enough" };

/**
 * Writes a fill down before it is done: a worker that dies in between has filled once at most, and nothing is filled
 * twice by two that wake at the same time.
 *
 * @param wanted.submit whether the person wants the form of this site sent off; claimed.submit says whether it may be
 */
export function claimOwnFill(wanted: OwnFillRecord): Promise<OwnFillClaim> {
  return change((fills): [OwnFillClaim, readonly OwnFillRecord[]] => {
    const here = fills.filter(({ document }) => document === wanted.document);
    if (here.length >= MOST_PER_DOCUMENT) return [{ kind: "enough" }, fills];
    if (here.some(({ entryId, step }) => entryId === wanted.entryId && step === wanted.step)) {
      return [{ kind: "again" }, fills];
    }
    const sent = fills.some(
      (fill) =>
        fill.submit &&
        (fill.document === wanted.document ||
          (fill.origin === wanted.origin && Math.abs(wanted.at - fill.at) < SUBMIT_REST_MS)),
    );
    const submit = wanted.submit && !sent;
    return [{ kind: "claimed", submit }, [...fills, { ...wanted, submit }].slice(-MOST_KEPT)];
  });
}

/** Writes down what became of a claimed fill: null where nothing was filled after all. */
export async function settleOwnFill(
  claimed: OwnFillRecord,
  done: { submitted: boolean } | null,
): Promise<void> {
  await change((fills) => [
    undefined,
    fills.flatMap((fill) => {
      const isIt =
        fill.document === claimed.document && fill.entryId === claimed.entryId && fill.step === claimed.step;
      if (!isIt) return [fill];
      return done === null ? [] : [{ ...fill, submit: done.submitted }];
    }),
  ]);
}

async function change<Outcome>(
  next: (fills: readonly OwnFillRecord[]) => [Outcome, readonly OwnFillRecord[]],
): Promise<Outcome> {
  return navigator.locks.request(LOCK, async () => {
    const [outcome, fills] = next((await item.get()) ?? []);
    await item.set([...fills]);
    return outcome;
  });
}
