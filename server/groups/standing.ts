import type { Compilable } from "kysely";
import { ready } from "../db/ready.ts";

/** What decides, beside the log itself, whether a link may be appended to a group. */
export type Standing = {
  /** Whose turn it is, and until when; null where nobody has it. */
  readonly hold: { readonly user_id: string; readonly until: number } | null;
  /** How many bytes are counted for the group's log. */
  readonly logBytes: number;
  /** How many of the ciphertexts are here that the log will promise. */
  readonly here: number;
};

/**
 * The statement that reads it, for the transaction that appends: it is to run with the group locked. `toStanding` reads its
 * answer.
 *
 * @param values `hashes`: the ciphertexts that the log will promise, each once
 */
export const standing = ready(
  (db, { g, hashes }: { readonly g: string; readonly hashes: readonly string[] }) =>
    db
      .selectFrom("group_state")
      .leftJoin("group_hold", "group_hold.g", "group_state.g")
      .leftJoin("log_size", "log_size.g", "group_state.g")
      .select(["group_hold.user_id", "group_hold.until", "log_size.bytes"])
      .select(({ lit, selectFrom }) => {
        if (hashes.length === 0) return lit(0).as("here");
        const here = selectFrom("blob").select(({ fn }) => fn.countAll<number>().as("count"));
        return here.where("blob.g", "=", g).where("h", "in", hashes).as("here");
      })
      .where("group_state.g", "=", g),
);

type Row = ReturnType<typeof standing> extends Compilable<infer Each> ? Each : never;

/** Nobody waits for a group that is about to begin, and nothing of it is here. */
export function toStanding([row]: readonly Row[]): Standing {
  const { user_id, until, bytes, here } = row ?? { user_id: null, until: null, bytes: 0, here: 0 };
  const hold = user_id !== null && until !== null ? { user_id, until } : null;
  return { hold, logBytes: Number(bytes ?? 0), here: Number(here ?? 0) };
}
