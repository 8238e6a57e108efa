import type { Bytes } from "../../shared/bytes.ts";
import { hashRecord, MOST_RECORD_BYTES } from "../../shared/group/record.ts";
import { hashRotation } from "../../shared/group/rotation.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { type QuotaRefusal, type Stager, takeRoom } from "./quota.ts";
import { lockGroup } from "./state.ts";

/** The list of a rotation of 5,000 records is below half of this. */
const MOST_LIST_BYTES = 1024 * 1024;

/**
 * Keeps ciphertexts until a link names them, for a day at least: all of them, or none. They are found by what they are:
 * sending them twice changes nothing but that.
 */
export async function stageRecords(
  db: Database,
  stager: Stager,
  ciphertexts: readonly Bytes[],
  now: number,
): Promise<Result<readonly string[], "too-long" | QuotaRefusal>> {
  if (ciphertexts.some(({ length }) => length > MOST_RECORD_BYTES)) return err("too-long");
  const hashes = await Promise.all(ciphertexts.map(hashRecord));
  if (hashes.length === 0) return ok(hashes);
  const { g } = stager;
  const byHash = new Map(hashes.map((h, at) => [h, ciphertexts[at] ?? new Uint8Array()]));
  return db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    const kept = await trx
      .selectFrom("blob")
      .select("h")
      .where("g", "=", g)
      .where("h", "in", [...byHash.keys()])
      .execute();
    const known = new Set(kept.map(({ h }) => h));
    const fresh = [...byHash].filter(([h]) => !known.has(h)).map(([h, { length }]) => ({ h, bytes: length }));
    const room = await takeRoom(trx, stager, fresh, now);
    if (!room.ok) return room;
    await trx
      .insertInto("blob")
      .values([...byHash].map(([h, ciphertext]) => ({ g, h, ciphertext, staged_at: now })))
      .onConflict((conflict) => conflict.columns(["g", "h"]).doUpdateSet({ staged_at: now }))
      .execute();
    return ok(hashes);
  });
}

/** Keeps the list of a rotation until its link comes. @returns what the link names it by */
export async function stageRotation(
  db: Database,
  { epoch, list, ...stager }: Stager & { readonly epoch: number; readonly list: Bytes },
  now: number,
): Promise<Result<string, "too-long" | QuotaRefusal>> {
  if (list.length > MOST_LIST_BYTES) return err("too-long");
  const { g } = stager;
  const h = await hashRotation(g, epoch, list);
  return db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    const kept = await trx
      .selectFrom("rotation_list")
      .select("h")
      .where("g", "=", g)
      .where("epoch", "=", epoch)
      .where("h", "=", h)
      .executeTakeFirst();
    const room = await takeRoom(trx, stager, kept ? [] : [{ h, bytes: list.length }], now);
    if (!room.ok) return room;
    await trx
      .insertInto("rotation_list")
      .values({ g, epoch, h, list, staged_at: now })
      .onConflict((conflict) => conflict.columns(["g", "epoch", "h"]).doUpdateSet({ staged_at: now }))
      .execute();
    return ok(h);
  });
}
