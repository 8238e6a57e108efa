import type { Result } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { type FactorSession, ownFactorSession } from "../../../servers/factor-session.ts";

/** Does something about second factors in the session that this device has at that moment. */
export async function inOwnSession<T, E>(
  serverId: string,
  work: (session: FactorSession) => Promise<Result<T, E>>,
): Promise<Result<T, E | FactorRefusal>> {
  const session = await ownFactorSession(serverId);
  return session.ok ? work(session.value) : session;
}
