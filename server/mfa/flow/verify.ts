import { type Input, readInput } from "../../../shared/mfa/form.ts";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import type { Shown } from "../../../shared/mfa/shown.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import { newToken } from "../../tokens.ts";
import { countsForSignIn, type Mfa } from "../mfa.ts";
import type { Begun, MfaModule } from "../module.ts";
import { tell } from "../notices/tell.ts";
import { networkOf } from "../standing/network.ts";
import { newRemembered } from "../standing/remembered-device.ts";
import { askedBy, type Caller, findUsable, takeAnswer } from "./challenge.ts";
import { crowdOf } from "./crowd.ts";
import { type Factor, findFactor, openKept, sealKept } from "./factor-rows.ts";
import { noteGuess } from "./guessing.ts";
import { type Done, keepAnswer } from "./keep-answer.ts";

export type Answer = { readonly factorId: string; readonly challengeId: string; readonly proof: Input };

/** What a right answer gives. The session goes on under another token (ASVS 5.0, 7.2.4). */
export type Verified = {
  readonly token: string;
  /** To be kept and sent at the next sign-in, where the policy does without a factor on a device that it knows. */
  readonly device: string | null;
  readonly shown: readonly Shown[];
  /** Whether this was the first proof of a new factor. */
  readonly isNew: boolean;
};

/** Several may use one factor at the same moment: so often it is looked at again what the other one has left. */
const MOST_ROUNDS = 5;

/**
 * Holds an answer against its challenge. Right, the session has shown that factor, and a new factor counts from now on.
 * Wrong, a try is gone. A challenge is of one person, one session and one factor, and is good once and for a while; of two
 * answers at the same moment, in whichever processes, one at most is taken. The person is told by mail of what is news to them.
 *
 * @param device the token that the device is remembered by, which the next one takes the place of; null: none
 * @param now milliseconds since 1970 UTC
 */
export async function verifyFactor(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  { factorId, challengeId, proof, device }: Answer & { readonly device: string | null },
  now: number,
): Promise<Result<Verified, MfaRefusal>> {
  const { userId, email, id: sessionId } = caller.session;
  const usable = await findUsable(db, mfa, caller, factorId, now);
  if (!usable.ok) return usable;
  const { factor: first, module } = usable.value;
  const input = readInput(module.proofForm, proof);
  if (!input.ok) return err({ reason: "malformed" });
  const trier = { userId, factorId, address: caller.address, crowd: await crowdOf(db, mfa, caller, now) };
  const tried = await takeAnswer(db, { trier, challengeId, sessionId }, now);
  if (!tried.ok) return tried;
  const kept = await openKept(mfa, { what: "challenge", factorId, id: challengeId }, tried.value);
  const asked = await askedBy(db, mfa, caller, first, now);
  for (let round = 0, factor: Factor | null = first; round < MOST_ROUNDS && factor !== null; round++) {
    const held = { factor: factor.kept, challenge: kept, isSetUp: factor.verified_at !== null };
    const verified = await module.verify(asked, held, input.value);
    if (!verified.ok) {
      await tellOfGuess(db, mfa, caller, { factor, why: verified.error }, now);
      return verified;
    }
    const sealed = await sealKept(mfa, { what: "factor", factorId, id: factorId }, verified.value.kept);
    const network = await networkOf(mfa, userId, caller.address);
    const [token, remembered] = [newToken(), newRemembered(mfa, network, now)];
    const done = await keepAnswer(db, {
      ...{ module, factor, sealed, challengeId, caller, trier, network, token, remembered, device, now },
      factorAt: countsForSignIn(mfa, module.id, email) ? now : null,
    });
    if (done === "challenge-over") return err({ reason: "challenge-over" });
    if (done !== "changed") {
      await tellOf(db, mfa, caller, { module, done, shown: verified.value.shown }, now);
      return ok(said(verified.value, { token, remembered, factor }));
    }
    factor = await findFactor(db, mfa, { userId, factorId });
  }
  return err({ reason: "no-such-factor" });
}

function said(
  { shown }: Begun,
  { token, remembered, factor }: { token: string; remembered: { device: string } | null; factor: Factor },
): Verified {
  return { token, device: remembered?.device ?? null, shown, isNew: factor.verified_at === null };
}

/** A code is used every day, and of that nobody is told: but of a new factor, and of recovery codes that run out. */
async function tellOf(
  db: Database,
  mfa: Mfa,
  { session: { userId, email }, languages }: Caller,
  {
    module,
    done,
    shown,
  }: { readonly module: MfaModule; readonly done: Done; readonly shown: readonly Shown[] },
  now: number,
): Promise<void> {
  const told = { userId, email, languages };
  if (done === "added") await tell(db, mfa, told, { what: done, kind: module.names }, now);
  if (done === "fresh-codes") await tell(db, mfa, told, { what: done }, now);
  for (const each of shown)
    if (each.kind === "codes-left") await tell(db, mfa, told, { what: each.kind, left: each.left }, now);
}

/** What whoever guesses is told, a provider's own words among it; not what comes of a slip or of the way there. */
const GUESSES: readonly MfaRefusal["reason"][] = ["wrong-code", "wrong-credential", "business"];

/**
 * Counts a wrong answer in a session that has nothing but the password, and tells the person once it is plain that somebody
 * else has that. In all languages: whoever asks is not the one who is told.
 */
async function tellOfGuess(
  db: Database,
  mfa: Mfa,
  { session: { userId, email, factorAt } }: Caller,
  { factor, why }: { readonly factor: Factor; readonly why: MfaRefusal },
  now: number,
): Promise<void> {
  if (factorAt !== null || factor.verified_at === null || !GUESSES.includes(why.reason)) return;
  if (await noteGuess(db, userId, now))
    await tell(db, mfa, { userId, email, languages: [] }, { what: "guessed" }, now);
}
