import { base64urlToBytes } from "../../shared/bytes.ts";
import { openBundle } from "../../shared/identity/bundle.ts";
import { ask } from "./api.ts";
import { secretsOf } from "./bundle.ts";
import { changeServer } from "./keep-server.ts";
import { sessionApi } from "./session-api.ts";
import { storedBytes } from "./stored-bytes.ts";
import { type Replacement, withBundle, withReplacement } from "./stored-server.ts";

/**
 * Finds out what became of new keys that were sent and never answered for. "taken": they are in place here too; "behind":
 * the server does not have them, and may get them yet; "unknown": it could not be asked; "none" are on their way (any more).
 * Apart from what makes new keys: every sync looks, the worker's too, and has no use for signing in.
 */
export async function settleReplacement(serverId: string): Promise<"none" | "taken" | "behind" | "unknown"> {
  const known = await secretsOf(serverId);
  const replacement = known?.secrets.replacement;
  if (!known || !replacement) return "none";
  const { origin, userId, secrets } = known;
  const fetched = await ask(sessionApi(serverId, origin, secrets.token).user.latestBundle.query());
  if (!fetched.ok) return "unknown";
  if (fetched.value.ver < replacement.bundle.ver) return "behind";
  const sealed = base64urlToBytes(fetched.value.bundle);
  const place = { serverId, userId, ver: fetched.value.ver };
  const opened = sealed.ok
    ? await openBundle(storedBytes(replacement.bundleKey), place, sealed.value)
    : sealed;
  if (!opened.ok) {
    await forgetReplacement(serverId, replacement);
    return "none";
  }
  await changeServer(serverId, (before) =>
    isSame(before.replacement, replacement)
      ? withBundle(before, opened.value, (secrets) => withReplacement(secrets, replacement))
      : before,
  );
  return "taken";
}

/** Forgets new keys that the server has not taken, and will not. Others that were begun since stay. */
export function forgetReplacement(serverId: string, replacement: Replacement): Promise<void> {
  return changeServer(serverId, (before) => {
    if (!isSame(before.replacement, replacement)) return before;
    const { replacement: _, ...secrets } = before;
    return secrets;
  });
}

function isSame(one: Replacement | undefined, other: Replacement): boolean {
  return one?.bundleKey === other.bundleKey;
}
