import { hashToken } from "../../../server/tokens.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import { factorResetContext } from "../../../shared/identity/proofs.ts";
import { recoverySigningKeyOf } from "../../../shared/identity/recovery-key.ts";
import type { Account } from "../users/account.ts";

/** What the holder of somebody's recovery kit signs, so that their factors go. @param token of the session it is asked in */
export async function kitProof(
  serverId: string,
  { userId, recoveryKey }: Pick<Account, "userId" | "recoveryKey">,
  token: string,
  step: "ask" | "finish",
): Promise<string> {
  const context = factorResetContext({ serverId, userId, sessionId: hashToken(token), step });
  return bytesToBase64url(await sign(await recoverySigningKeyOf(recoveryKey), context));
}
