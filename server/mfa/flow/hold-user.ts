import type { Transaction } from "kysely";
import type { Schema } from "../../db/schema.ts";

/**
 * Keeps others from changing how somebody gets in until the transaction ends. First of all that such a transaction takes,
 * then factor, session, challenge: two that took them the other way round would wait for each other.
 */
export async function holdUser(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .updateTable("user")
    .set(({ ref }) => ({ factors: ref("factors") }))
    .where("user_id", "=", userId)
    .execute();
}
