import { ok, type Result } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { takeBack } from "../../../servers/factors.ts";
import { accountsOf } from "../../../servers/own-factors.ts";
import { language } from "../../../ui/i18n.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { inOwnSession } from "./own-session.ts";

/**
 * Drops a factor that was begun and never proven: nothing stays of it at the server, and an account that was kept for it goes
 * to the trash, where it can be had back.
 *
 * @returns "trashed": there was such an account; "proven": it was finished meanwhile, and all of it stays
 */
export async function dropBegun(
  serverId: string,
  factorId: string,
): Promise<Result<"dropped" | "trashed" | "proven", FactorRefusal>> {
  const taken = await inOwnSession(serverId, (session) => takeBack(session, factorId, [language()]));
  if (!taken.ok) return taken;
  if (taken.value === "proven") return ok("proven");
  const accounts = await accountsOf(serverId, factorId);
  if (accounts.length === 0) return ok("dropped");
  await moveToTrash(accounts, Date.now());
  return ok("trashed");
}
