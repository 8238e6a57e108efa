import { sql, type Transaction } from "kysely";
import type { Bytes } from "../../shared/bytes.ts";
import { type Link, readLink } from "../../shared/group/link.ts";
import { parseRotation } from "../../shared/group/rotation.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { giveBack, type Sized } from "./group-size.ts";
import { readRotation } from "./read.ts";
import { lockGroup } from "./state.ts";

/**
 * Drops what somebody sent for a link that will never be taken: the next attempt has ciphertexts of its own. What another
 * device of theirs has sent, or somebody else, stays; so does what a link names.
 */
export async function dropAttempt(db: Database, link: Link, userId: string): Promise<void> {
  const read = await readLink(link);
  if (!read.ok) return;
  const { action } = read.value;
  const { g } = action;
  if (action.t === "records") {
    const hashes = action.heads.flatMap(({ h }) => (h === null ? [] : [h]));
    await dropOf(db, g, userId, hashes);
  } else if (action.t === "rotate" || action.t === "remove") {
    const list = await readRotation(db, g, action.epoch, action.records);
    const records = list ? (parseRotation(new Uint8Array(list) as Bytes) ?? []) : [];
    await dropOf(db, g, userId, [action.records, ...records.map(([, , h]) => h)]);
  }
}

function dropOf(db: Database, g: string, userId: string, hashes: readonly string[]): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    await dropStaged(trx, g, userId, { hashes });
  });
}

/** Which of what is staged: these, or what was last sent before a time. */
type Which = { readonly hashes: readonly string[] } | { readonly before: number };

/** Drops what somebody has staged in a group. To be called with the group locked. */
export async function dropStaged(
  trx: Transaction<Schema>,
  g: string,
  userId: string,
  which: Which,
): Promise<void> {
  const staged = await trx
    .selectFrom("staged")
    .select("h")
    .where("g", "=", g)
    .where("user_id", "=", userId)
    .execute();
  const wanted = "hashes" in which ? new Set(which.hashes) : null;
  const hashes = staged.flatMap(({ h }) => (wanted === null || wanted.has(h) ? [h] : []));
  const before = "before" in which ? which.before : Number.MAX_SAFE_INTEGER;
  for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE) {
    const some = hashes.slice(at, at + HASHES_AT_ONCE);
    const dropped: Sized[] = [];
    for (const [table, bytes] of [
      ["blob", sql<number>`length(ciphertext)`],
      ["rotation_list", sql<number>`length(list)`],
    ] as const)
      dropped.push(
        ...(await trx
          .deleteFrom(table)
          .where("g", "=", g)
          .where("h", "in", some)
          .where("staged_at", "<", before)
          .returning(["h", bytes.as("bytes")])
          .execute()),
      );
    await giveBack(trx, g, dropped);
  }
}

const HASHES_AT_ONCE = 1_000;
