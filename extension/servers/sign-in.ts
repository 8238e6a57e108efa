import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import type { ServerIdentity } from "./hello.ts";
import { BadOpaqueMessage, withOpaque } from "./opaque-in-worker.ts";
import { storedBytes } from "./stored-bytes.ts";

type Credentials = {
  readonly email: string;
  readonly passphrase: string;
  readonly before?: string | null;
};

/** What a sign-in gives. */
export type SignedIn = {
  readonly token: string;
  readonly userId: string;
  readonly loginId: string;
  /** 64 bytes that only this passphrase gives: one half of what opens the person's own keys. */
  readonly exportKey: Bytes;
};

/**
 * "not-recognised": the e-mail address or the passphrase is wrong; nobody is told which. "another-server": it has another
 * key than the one it had when the person registered, or than `server` says.
 */
export type SignInRefusal = AskFailure | "not-recognised";

/**
 * Signs in at a server, which learns nothing of the passphrase. Stores nothing.
 *
 * @param who.before the token that this device has had: that session ends
 */
export async function signIn(
  origin: string,
  server: ServerIdentity,
  { email, passphrase, before = null }: Credentials,
): Promise<Result<SignedIn, SignInRefusal>> {
  const api = apiOf(origin, before);
  try {
    return await withOpaque("sign-in", passphrase, async ({ request, finish }) => {
      const started = await ask(api.user.startSignIn.mutate({ email, request }));
      if (!started.ok) return started;
      const { round, loginId, response } = started.value;
      const finished = await finish(response, { client: loginId, server: server.serverId });
      if (finished === null) return err("not-recognised");
      if (finished.staticKey !== server.staticKey) return err("another-server");
      const signedIn = await ask(api.user.finishSignIn.mutate({ round, loginId, finish: finished.message }));
      if (!signedIn.ok) return typeof signedIn.error === "object" ? err("not-recognised") : signedIn;
      return ok({ ...signedIn.value, loginId, exportKey: storedBytes(finished.exportKey) });
    });
  } catch (error) {
    if (error instanceof BadOpaqueMessage) return err("not-a-server");
    throw error;
  }
}
