import { db } from "../vault/db.ts";
import { asTrouble, type GroupTrouble, isCheat } from "./trouble.ts";

/** Notes with every group of a server why none is in step. */
export async function noteTroubleAt(serverId: string, trouble: GroupTrouble): Promise<void> {
  await db.groups
    .where("serverId")
    .equals(serverId)
    .modify((row) => withTrouble(row, trouble));
}

/** Notes why a group is not in step. @param changed what else is written of it */
export async function noteTrouble(g: string, trouble: GroupTrouble, changed: object = {}): Promise<void> {
  await db.groups
    .where("g")
    .equals(g)
    .modify((row) => {
      withTrouble(row, trouble);
      Object.assign(row, changed);
    });
}

/** A lie that was found out is told until all is well again: a server must not make it forgotten by breaking down. */
function withTrouble(row: { trouble: string | null }, trouble: GroupTrouble): void {
  // An older state is what it is, and only by now is it said why.
  const isExplained = row.trouble === "rollback" && trouble === "restored";
  const isLie = row.trouble !== null && isCheat(asTrouble(row.trouble)) && !isExplained;
  if (!isLie || isCheat(trouble)) row.trouble = trouble;
}
