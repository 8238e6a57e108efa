import { ok, type Result } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { removeFactor } from "../../../servers/factors.ts";
import { accountsOf } from "../../../servers/own-factors.ts";
import { language } from "../../../ui/i18n.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { inOwnSession } from "./own-session.ts";

/**
 * Drops a factor that was begun and never proven: nothing stays of it at the server, and an account that was kept for it goes
 * to the trash, where it can be had back.
 *
 * @returns whether there was such an account
 */
export async function dropBegun(
  serverId: string,
  factorId: string,
): Promise<Result<{ readonly isTrashed: boolean }, FactorRefusal>> {
  const removed = await inOwnSession(serverId, (session) =>
    removeFactor(session, factorId, false, [language()]),
  );
  if (!removed.ok && !isGone(removed.error)) return removed;
  const accounts = await accountsOf(serverId, factorId);
  if (accounts.length > 0) await moveToTrash(accounts, Date.now());
  return ok({ isTrashed: accounts.length > 0 });
}

/** Another device was quicker. */
function isGone(refusal: FactorRefusal): boolean {
  return typeof refusal === "object" && "reason" in refusal && refusal.reason === "no-such-factor";
}
