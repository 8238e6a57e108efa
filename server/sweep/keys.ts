import { sql } from "kysely";
import { base64urlToBytes } from "../../shared/bytes.ts";
import { parseAction } from "../../shared/group/action.ts";
import type { Database } from "../db/open.ts";
import { giveBack } from "../groups/group-size.ts";
import { lockGroup } from "../groups/state.ts";
import { STAGED_MS, SUPERSEDED_MS } from "./ciphertexts.ts";

/**
 * Drops a group's lists of rotations that never came, and seals that nobody needs: of former members, and of keys that
 * were replaced days ago, under which no ciphertext is left. The lists that links name stay: without them nobody who comes
 * could verify the log.
 *
 * @returns how many were dropped
 */
export async function sweepKeys(db: Database, g: string, now: number): Promise<number> {
  const passedBy = await listsPassedBy(db, g, now);
  return db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    const { epoch } = await trx
      .selectFrom("group_state")
      .select("epoch")
      .where("g", "=", g)
      .executeTakeFirstOrThrow();
    const neverNamed = await trx
      .deleteFrom("rotation_list")
      .where("g", "=", g)
      .where("epoch", ">", epoch)
      .where("staged_at", "<", now - STAGED_MS)
      .returning(SIZED)
      .execute();
    const lists = [...neverNamed];
    for (const { epoch: of, h } of passedBy) {
      const list = await trx
        .deleteFrom("rotation_list")
        .where("g", "=", g)
        .where("epoch", "=", of)
        .where("h", "=", h)
        .returning(SIZED)
        .execute();
      lists.push(...list);
    }
    await giveBack(trx, g, lists);
    const ofFormer = await trx
      .deleteFrom("seal")
      .where("g", "=", g)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("group_member")
              .select("group_member.user_id")
              .whereRef("group_member.g", "=", "seal.g")
              .whereRef("group_member.user_id", "=", "seal.user_id")
              .where("group_member.left_n", "is", null),
          ),
        ),
      )
      .executeTakeFirst();
    const replaced = await trx
      .selectFrom("rotation_list")
      .select("h")
      .where("g", "=", g)
      .where("epoch", "=", epoch)
      .where("staged_at", "<", now - SUPERSEDED_MS)
      .limit(1)
      .executeTakeFirst();
    const dropped = BigInt(lists.length) + ofFormer.numDeletedRows;
    if (replaced === undefined) return Number(dropped);
    const ofOldKeys = await trx
      .deleteFrom("seal")
      .where("g", "=", g)
      .where("epoch", "<", epoch)
      .executeTakeFirst();
    return Number(dropped + ofOldKeys.numDeletedRows);
  });
}

const SIZED = ["h", sql<number>`length(list)`.as("bytes")] as const;

/** The lists of rotations that another one was faster than. That is settled once there is a link, so it needs no lock. */
async function listsPassedBy(db: Database, g: string, now: number): Promise<{ epoch: number; h: string }[]> {
  const core = await db.selectFrom("group_state").select("epoch").where("g", "=", g).executeTakeFirst();
  const lists = await db
    .selectFrom("rotation_list")
    .select(["epoch", "h", "staged_at"])
    .where("g", "=", g)
    .where("epoch", "<=", core?.epoch ?? 0)
    .execute();
  const epochs = lists.map(({ epoch }) => epoch);
  // A single one is the one that its link names: no link would be there without it.
  if (new Set(epochs).size === epochs.length) return [];
  const links = await db.selectFrom("group_link").select("body").where("g", "=", g).execute();
  const named = new Set(links.map(({ body }) => listIn(body)));
  return lists.filter(
    ({ epoch, h, staged_at }) => staged_at < now - STAGED_MS && !named.has(`${epoch} ${h}`),
  );
}

function listIn(body: string): string | null {
  const bytes = base64urlToBytes(body);
  const action = bytes.ok ? parseAction(bytes.value) : null;
  if (!action?.ok) throw Error("a link that was appended can be read");
  const { value } = action;
  return value.t === "rotate" || value.t === "remove" ? `${value.epoch} ${value.records}` : null;
}
