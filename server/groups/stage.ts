import type { Bytes } from "../../shared/bytes.ts";
import { hashRecord, MOST_RECORD_BYTES } from "../../shared/group/record.ts";
import { hashRotation } from "../../shared/group/rotation.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";

/** The list of a rotation of 5,000 records is below half of this. */
const MOST_LIST_BYTES = 1024 * 1024;

/**
 * Keeps ciphertexts until a link names them, for a day at least. They are found by what they are: sending them twice
 * changes nothing but that.
 */
export async function stageRecords(
  db: Database,
  g: string,
  ciphertexts: readonly Bytes[],
  now: number,
): Promise<Result<readonly string[], "too-long">> {
  if (ciphertexts.some(({ length }) => length > MOST_RECORD_BYTES)) return err("too-long");
  const hashes = await Promise.all(ciphertexts.map(hashRecord));
  if (hashes.length > 0) {
    const rows = hashes.map((h, at) => ({
      g,
      h,
      ciphertext: ciphertexts[at] ?? new Uint8Array(),
      staged_at: now,
    }));
    await db
      .insertInto("blob")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["g", "h"]).doUpdateSet({ staged_at: now }))
      .execute();
  }
  return ok(hashes);
}

/** Keeps the list of a rotation until its link comes. @returns what the link names it by */
export async function stageRotation(
  db: Database,
  { g, epoch, list }: { readonly g: string; readonly epoch: number; readonly list: Bytes },
  now: number,
): Promise<Result<string, "too-long">> {
  if (list.length > MOST_LIST_BYTES) return err("too-long");
  const h = await hashRotation(g, epoch, list);
  await db
    .insertInto("rotation_list")
    .values({ g, epoch, h, list, staged_at: now })
    .onConflict((conflict) => conflict.columns(["g", "epoch", "h"]).doUpdateSet({ staged_at: now }))
    .execute();
  return ok(h);
}
