import { type Bytes, bytesToBase64url, equalBytes } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { recoveryContext } from "../../shared/identity/proofs.ts";
import { newRecoveryKey, recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase, type UnlockRefusal } from "../vault/unlock.ts";
import type { VaultKey } from "../vault/vault-key.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { type HalfSession, halfSession } from "./factor-session.ts";
import { greet, type ServerIdentity } from "./hello.ts";
import { changeServer, keepServer, keyForServers } from "./keep-server.ts";
import { BadOpaqueMessage, withOpaque } from "./opaque-in-worker.ts";
import { withOwnAccess } from "./own-access-lock.ts";
import { keysAnew, openWithKit } from "./recovered-keys.ts";
import { makeWhole, type ShowFactor, showNoFactor } from "./show-factor.ts";
import { deviceToken } from "./sign-in.ts";
import { type Known, knownAs, whyNotTheirs } from "./sign-in-known.ts";
import { storedBytes } from "./stored-bytes.ts";
import { unheardIn } from "./stored-server.ts";
import { readTypedKit, type TypedKitRefusal } from "./typed-kit.ts";
import {
  changeUnheardKits,
  readUnheardKits,
  stillUnheard,
  type UnheardKit,
  withUnheardKit,
} from "./unheard-kits.ts";

/**
 * Why nothing was recovered. "not-of-kit": nobody has that address with that kit, which no server tells apart;
 * "recovery-late": the time for it ran out; "recovery-overtaken": another device changed the keys meanwhile;
 * "recovery-unknown": the last answer never came, so that it may have come about: doing it again here, with the same kit,
 * finds out. The others as when a device is connected.
 */
export type RecoverRefusal =
  | AskFailure
  | TypedKitRefusal
  | UnlockRefusal
  | "no-passphrase"
  | "locked"
  | "busy"
  | "not-of-kit"
  | "recovery-late"
  | "recovery-overtaken"
  | "recovery-unknown"
  | "keys-damaged"
  | "keys-newer-version"
  | "rolled-back";

/** As long as the server waits for the answer to its challenge. */
const CHALLENGE_MS = 5 * 60_000;
/** And for what is new, after that. */
const OPENED_MS = 30 * 60_000;

/** `isSignedIn`: whether the second factor was shown that the server wants beside the kit, if it wants one. */
export type Recovered = { readonly serverId: string; readonly isSignedIn: boolean };

type Wish = {
  readonly origin: string;
  readonly email: string;
  readonly kit: string;
  readonly passphrase: string;
};

/**
 * Gets a person in again who has their kit and nothing else. From then on the passphrase of the vault here counts at the
 * server, there is a new kit, to be kept and checked like the first, and every other device is signed out.
 *
 * The new recovery key is stored before it is sent. A person who does this again after an answer that never came goes on
 * from there, whichever of the two kits the server has, and asks for the same new kit: however often the answer is lost, there
 * is one more key to keep. Refused, it leaves nothing behind.
 *
 * @param wish.passphrase that of the vault
 */
export function recoverWithKit(
  wish: Wish,
  now: () => number = Date.now,
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<Recovered, RecoverRefusal>> {
  return withOwnAccess(() => comeBack(wish, now, showFactor));
}

async function comeBack(
  wish: Wish,
  now: () => number,
  showFactor: ShowFactor,
): Promise<Result<Recovered, RecoverRefusal>> {
  const key = await keyForServers();
  if (!key.ok) return key;
  const kit = await readTypedKit(wish.kit);
  if (!kit.ok) return kit;
  const right = await checkPassphrase(wish.passphrase);
  if (!right.ok) return right;
  const server = await greet(wish.origin);
  if (!server.ok) return server;
  const known = await knownAs(key.value, server.value.serverId);
  if (known !== null && known.row.staticKey !== server.value.staticKey) return err("another-server");
  const attempt = { ...wish, email: wish.email.trim(), key: key.value, server: server.value, known, now };
  const stored = await readUnheardKits(key.value, server.value.serverId);
  // Whose they are does not matter to begin with: nobody knows yet who has that address.
  const unheard = [...(known?.secrets ? unheardIn(known.secrets, known.row.userId) : []), ...stored];
  let outcome = await recoverWith(attempt, kit.value, unheard);
  // A recovery that came about, and was never heard of: its key is the kit now.
  for (const recoveryKey of unheard.map((each) => storedBytes(each.recoveryKey)))
    if (!outcome.ok && outcome.error === "not-of-kit" && !equalBytes(recoveryKey, kit.value))
      outcome = await recoverWith(attempt, recoveryKey, unheard);
  if (!outcome.ok) return outcome;
  const { serverId, half } = outcome.value;
  return ok({ serverId, isSignedIn: half === null || (await enter(half, showFactor)) });
}

type Attempt = Wish & {
  readonly key: VaultKey;
  readonly server: ServerIdentity;
  readonly known: Known | null;
  readonly now: () => number;
};

async function recoverWith(
  { origin, email, passphrase, key, server, known, now }: Attempt,
  recoveryKey: Bytes,
  unheard: readonly UnheardKit[],
): Promise<Result<{ serverId: string; half: HalfSession | null }, RecoverRefusal>> {
  const { serverId, staticKey } = server;
  const api = apiOf(origin, null);
  try {
    return await withOpaque("registration", passphrase, async ({ request, finish }) => {
      const begun = now();
      const started = await ask(api.user.startRecovery.mutate({ email }));
      if (!started.ok) return started;
      const answer = recoveryContext(serverId, started.value.challenge);
      const proof = bytesToBase64url(await sign(await recoverySigningKeyOf(recoveryKey), answer));
      const opened = await ask(api.user.openRecovery.mutate({ round: started.value.round, proof, request }));
      if (!opened.ok) {
        if (typeof opened.error !== "object" || opened.error.refused !== "refused") return opened;
        return err(now() - begun > CHALLENGE_MS ? "recovery-late" : "not-of-kit");
      }
      const { userId, loginId, ver, round } = opened.value;
      const owner = { serverId, userId };
      const finished = await finish(opened.value.response, { client: loginId, server: serverId });
      if (finished === null || finished.staticKey !== staticKey) return err("another-server");
      const bundle = await openWithKit(opened.value, owner, recoveryKey);
      if (!bundle.ok) return bundle;
      const whyNot = whyNotTheirs(known, userId, ver);
      if (whyNot !== null) return err(whyNot);

      // Nobody has seen a key of theirs: it is as good as another one, and there is nothing more to keep then. One that may
      // be somebody else's would open what they have.
      const again = unheard.find((each) => each.userId === userId)?.recoveryKey;
      const nextKey = again === undefined ? newRecoveryKey() : storedBytes(again);
      const anew = await keysAnew(bundle.value, owner, {
        recoveryKey: nextKey,
        record: finished.message,
        exportKey: storedBytes(finished.exportKey),
      });
      if (!anew.ok) return err("keys-damaged");
      const sent = { userId, recoveryKey: bytesToBase64url(nextKey), ver: ver + 1 };
      await changeUnheardKits(key, serverId, (kits) => withUnheardKit(kits, sent));
      const recovered = await ask(api.user.recover.mutate({ round, ...anew.value.said }));
      if (!recovered.ok && (typeof recovered.error === "object" || recovered.error === "too-often")) {
        // The server has said that it did not. Where the network sent it twice the second is refused, and the first was not;
        // and a key that was sent before may have been taken then.
        if (again === undefined && !mayBeDone(recovered.error))
          await changeUnheardKits(key, serverId, (kits) =>
            kits.filter((each) => each.recoveryKey !== sent.recoveryKey),
          );
        return err(whyNotRecovered(recovered.error, now() - begun));
      }
      if (!recovered.ok || recovered.value.userId !== userId) return err("recovery-unknown");
      const { token, lacks } = recovered.value;
      await keepServer(key, { id: serverId, origin, staticKey, userId }, (before) => ({
        ...deviceToken({ device: undefined }, before),
        // One that lacks something is good for nothing yet.
        token: lacks === null ? token : null,
        loginId,
        email,
        connectedAt: before?.connectedAt ?? now(),
        ...anew.value.kept,
        hasVaultPassphrase: true,
        uncheckedKit: sent.recoveryKey,
        invitation: before?.invitation ?? null,
      }));
      await changeUnheardKits(key, serverId, (kits) => stillUnheard(kits, sent));
      if (lacks === null) return ok({ serverId, half: null });
      const device = known?.secrets?.device ?? null;
      const half = halfSession({
        ...{ serverId, origin, userId, email, token, device, lacks, passphrase },
        isForChange: false,
      });
      return ok({ serverId, half });
    });
  } catch (error) {
    if (error instanceof BadOpaqueMessage) return err("not-a-server");
    throw error;
  }
}

/**
 * What has come back is kept by now, new kit and all: whoever does not show the second factor that is wanted beside it signs in
 * later with that.
 */
async function enter(half: HalfSession, showFactor: ShowFactor): Promise<boolean> {
  const whole = await makeWhole(half, showFactor);
  if (!whole.ok) return false;
  const { token } = whole.value;
  await changeServer(half.serverId, (before) => ({ ...before, ...deviceToken(whole.value, before), token }));
  return true;
}

function mayBeDone(error: AskFailure): boolean {
  return typeof error === "object" && (error.refused === "refused" || error.refused === "conflict");
}

/** The server says only "refused" where the time ran out, and where another device has changed the password. */
function whyNotRecovered(error: AskFailure, took: number): RecoverRefusal {
  if (typeof error !== "object") return error;
  if (error.refused === "conflict") return "recovery-overtaken";
  if (error.refused !== "refused") return error;
  return took > OPENED_MS ? "recovery-late" : "recovery-overtaken";
}
