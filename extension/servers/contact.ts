import { formatInvitationCode, type InvitationCode } from "../../shared/group/invitation-code.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db } from "../vault/db.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import type { AskFailure } from "./api-failure.ts";
import { greetServerOf } from "./hello.ts";
import { changeServer } from "./keep-server.ts";

/**
 * Asks the server of a code who it is, and whether it is the one that the code means. To whoever is connected there
 * already an invitation is of use without registering: it is kept.
 */
export async function contactServer(
  code: InvitationCode,
): Promise<Result<"new" | "already-connected" | "invitation-kept", AskFailure | "locked">> {
  const server = await greetServerOf(code);
  if (!server.ok) return server;
  const { serverId } = server.value;
  if ((await db.servers.get(serverId)) === undefined) return ok("new");
  if (code.kind === "set-up") return ok("already-connected");
  const invitation = await formatInvitationCode(code);
  try {
    await changeServer(serverId, (secrets) => ({ ...secrets, invitation }));
    return ok("invitation-kept");
  } catch (error) {
    if (error instanceof VaultLockedError) return err("locked");
    throw error;
  }
}
