import type { Bytes } from "../../shared/bytes.ts";
import type { Lack } from "../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { halfSession } from "./factor-session.ts";
import type { ServerIdentity } from "./hello.ts";
import { BadOpaqueMessage, withOpaque } from "./opaque-in-worker.ts";
import { makeWhole, type ShowFactor } from "./show-factor.ts";
import { storedBytes } from "./stored-bytes.ts";
import type { ServerSecrets } from "./stored-server.ts";
import { rememberTyped } from "./typed-passphrases.ts";

type Credentials = {
  readonly email: string;
  readonly passphrase: string;
  readonly before?: string | null;
  readonly device?: string | null | undefined;
  readonly isForChange?: boolean;
};

/** What a sign-in gives. */
export type SignedIn = {
  readonly token: string;
  readonly userId: string;
  readonly loginId: string;
  /** 64 bytes that only this passphrase gives: one half of what opens the person's own keys. */
  readonly exportKey: Bytes;
  /** What the server knows this device by from now on; undefined: as before, no factor was shown. */
  readonly device: string | null | undefined;
};

/**
 * "not-recognised": the e-mail address or the passphrase is wrong; nobody is told which. "another-server": it has another
 * key than the one it had when the person registered, or than `server` says. "factor-cancelled": the person did not show the
 * second factor that is wanted.
 */
export type SignInRefusal = AskFailure | "not-recognised" | "factor-cancelled";

/**
 * Signs in at a server, which learns nothing of the passphrase, and has the second factor shown that it wants. Stores nothing.
 * Refused or cancelled, no session is left behind.
 *
 * @param who.before the token that this device has had: that session ends
 * @param who.device what the server remembers this device by, where a factor was shown on it; undefined: none ever was
 * @param who.isForChange something is to be done that wants a factor in this very session, where the person has one
 */
export async function signIn(
  origin: string,
  server: ServerIdentity,
  who: Credentials,
  showFactor: ShowFactor,
): Promise<Result<SignedIn, SignInRefusal>> {
  const { passphrase, before = null, device, isForChange = false } = who;
  // Where a factor is asked for, whoever does not show it stays signed in as before.
  const isEndedLater = before !== null && device !== undefined;
  const known = isForChange ? null : (device ?? null);
  const begun = await begin(origin, server, { ...who, before: isEndedLater ? null : before, device: known });
  if (!begun.ok) return begun;
  await rememberTyped(server.serverId, passphrase);
  const { lacks, ...session } = begun.value;
  const whole =
    lacks === null
      ? ok({ token: session.token, device: undefined })
      : await makeWhole(
          halfSession({
            ...{ serverId: server.serverId, origin, userId: session.userId, token: session.token },
            ...{ email: who.email, device: device ?? null, lacks, isForChange, passphrase },
          }),
          showFactor,
        );
  if (!whole.ok) return whole;
  if (isEndedLater) await ask(apiOf(origin, before).user.signOut.mutate());
  return ok({ ...session, ...whole.value });
}

/** What the server remembers this device by, as it is kept: what a sign-in gave, else what was kept before. */
export function deviceToken(
  { device }: Pick<SignedIn, "device">,
  before: Pick<ServerSecrets, "device"> | null,
): Pick<ServerSecrets, "device"> {
  const kept = device === undefined ? before?.device : device;
  return kept === undefined ? {} : { device: kept };
}

/** Begins a session with the passphrase alone. @returns what it lacks before anything can be done in it; null: nothing */
async function begin(
  origin: string,
  server: ServerIdentity,
  { email, passphrase, before = null, device }: Credentials,
): Promise<Result<Omit<SignedIn, "device"> & { readonly lacks: Lack | null }, SignInRefusal>> {
  const api = apiOf(origin, before);
  try {
    return await withOpaque("sign-in", passphrase, async ({ request, finish }) => {
      const started = await ask(api.user.startSignIn.mutate({ email, request }));
      if (!started.ok) return started;
      const { round, loginId, response } = started.value;
      const finished = await finish(response, { client: loginId, server: server.serverId });
      if (finished === null) return err("not-recognised");
      if (finished.staticKey !== server.staticKey) return err("another-server");
      const signedIn = await ask(
        api.user.finishSignIn.mutate({
          ...{ round, loginId, finish: finished.message },
          // Not before the server has shown that it is the one.
          ...(device != null && { device }),
        }),
      );
      if (!signedIn.ok) return typeof signedIn.error === "object" ? err("not-recognised") : signedIn;
      return ok({ ...signedIn.value, loginId, exportKey: storedBytes(finished.exportKey) });
    });
  } catch (error) {
    if (error instanceof BadOpaqueMessage) return err("not-a-server");
    throw error;
  }
}
