import { type Api, apiOf } from "./api.ts";
import { readKept } from "./keep-server.ts";
import { withTokenLock } from "./token-lock.ts";

/**
 * The procedures of a server in the session of this device. A session goes on under another token each time that a second
 * factor is shown in it, which any page may do at any moment: whoever is refused with the former one looks what is stored by
 * now, and goes on with that.
 *
 * @param token as it was read just now
 */
export function sessionApi(serverId: string, origin: string, token: string | null): Api {
  return apiOf(origin, token, (refused) => laterToken(serverId, refused));
}

/** The session's token, once nobody is at putting another in its place; null where that is no other one. */
export function laterToken(serverId: string, refused: string): Promise<string | null> {
  return withTokenLock(serverId, async () => {
    const kept = await readKept(serverId);
    return kept.ok && kept.value.secrets.token !== refused ? kept.value.secrets.token : null;
  });
}
