import type { ListedFactor } from "../../../shared/mfa/answers.ts";
import type { Database } from "../../db/open.ts";
import type { Session } from "../../sessions/session.ts";
import { countsForSignIn, type Mfa, moduleFor } from "../mfa.ts";
import { listRows } from "./factor-rows.ts";

/** Somebody's own factors, the first one first: those that were never proven too. */
export async function listFactors(
  db: Database,
  mfa: Mfa,
  { userId, email }: Pick<Session, "userId" | "email">,
): Promise<ListedFactor[]> {
  const rows = await listRows(db, userId);
  return rows.map((row) => {
    const module = moduleFor(mfa, row.module, email);
    return {
      id: row.id,
      module: row.module,
      name: row.name,
      status: row.verified_at === null ? "unverified" : "verified",
      strength: module?.strength ?? null,
      isSpare: module?.isSpare ?? false,
      countsForSignIn: row.verified_at !== null && countsForSignIn(mfa, row.module, email),
      madeAt: row.made_at,
      usedAt: row.used_at,
    };
  });
}
