import type * as z from "zod/mini";
import type { ListedFactor, MFA_ANSWERS, OfferedModule } from "../../shared/mfa/answers.ts";
import type { Form, Input } from "../../shared/mfa/form.ts";
import type { Lack } from "../../shared/mfa/refusal.ts";
import type { Shown } from "../../shared/mfa/shown.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { lackNamed } from "./api-failure.ts";
import type { FactorRefusal, FactorStepRefusal } from "./factor-refusal.ts";
import type { FactorSession, NextToken } from "./factor-session.ts";
import { checkTyped } from "./typed-secret.ts";

/** What somebody's second factors are at a server, and what is done with them. All of it in a session (factor-session.ts). */

type Answered<Name extends keyof typeof MFA_ANSWERS> = z.infer<(typeof MFA_ANSWERS)[Name]>;

/** The level of a session, what it lacks for all-day use, and a reset that was asked for. Times: milliseconds since 1970 UTC. */
export type FactorLevel = Answered<"getAuthenticatorAssuranceLevel">;

/** A question that waits for its answer. `until`: milliseconds since 1970 UTC. */
export type Challenge = {
  readonly factorId: string;
  readonly challengeId: string;
  readonly until: number;
  readonly shown: readonly Shown[];
};

/** What a right answer came to. `isNew`: it was the first proof of a factor, which counts from now on. */
export type Verified = { readonly shown: readonly Shown[]; readonly isNew: boolean };

type Outcome<T> = Promise<Result<T, FactorRefusal>>;

/** Whether one lets its person in at sign-in by itself, as the server's settings are now: spare ones are nothing without another. */
export function isWayIn({
  countsForSignIn,
  isSpare,
}: Pick<ListedFactor, "countsForSignIn" | "isSpare">): boolean {
  return countsForSignIn && !isSpare;
}

/** The kinds of factors that the person may set up, in the server's sequence; `recommended` is the id of one. */
export async function listModules(
  session: FactorSession,
): Outcome<{ readonly modules: readonly OfferedModule[]; readonly recommended: string | null }> {
  return session.ask((api) => api.mfa.modules.query());
}

/** All factors of the person, those that are not verified yet among them. */
export async function listFactors(session: FactorSession): Outcome<readonly ListedFactor[]> {
  const listed = await session.ask((api) => api.mfa.listFactors.query());
  return listed.ok ? ok(listed.value.all) : listed;
}

/** The level of the session, the highest that its person can reach, and what it still lacks. */
export async function readLevel(session: FactorSession): Outcome<FactorLevel> {
  return session.ask((api) => api.mfa.getAuthenticatorAssuranceLevel.query());
}

/**
 * Begins to set up a factor; it counts once its first proof was right (verify).
 *
 * @param wish.name what the person calls it; null: nothing, so that it is called by its kind in the language of whoever reads it.
 * @param wish.input what was typed into the module's setUpForm. @param languages BCP 47, the best first
 */
export async function beginSetUp(
  session: FactorSession,
  module: Pick<OfferedModule, "id" | "setUpForm">,
  wish: { readonly name: string | null; readonly input: Input },
  languages: readonly string[],
): Outcome<Challenge> {
  const typed = await checkTyped(session, module.setUpForm, wish.input);
  if (!typed.ok) return typed;
  const sent = { module: module.id, ...wish, languages: [...languages] };
  return said(await session.ask((api) => api.mfa.enroll.mutate(sent)));
}

/** Begins a challenge for a factor: sends a code, where there is one to send. The one before it is good no longer. */
export async function beginChallenge(
  session: FactorSession,
  factorId: string,
  languages: readonly string[],
): Outcome<Challenge> {
  return said(await session.ask((api) => api.mfa.challenge.mutate({ factorId, languages: [...languages] })));
}

/** What is shown of a factor: typed into the module's proofForm, or given by the browser. */
export type Proof = { readonly form: Form; readonly input: Input };

/** Answers a challenge. Right, the session goes on under its next token, which is kept before anything else is done. */
export async function verify(
  session: FactorSession,
  challenge: Pick<Challenge, "factorId" | "challengeId">,
  proof: Proof,
  languages: readonly string[],
): Outcome<Verified> {
  const { factorId, challengeId } = challenge;
  const typed = await checkTyped(session, proof.form, proof.input);
  if (!typed.ok) return typed;
  const sent = { factorId, challengeId, proof: proof.input, languages: [...languages] };
  return said(
    await session.askForNext((api, { device }) => api.mfa.verify.mutate({ ...sent, device }), nextOf),
  );
}

/** Both in one, for a factor that has nothing to show in between: an authenticator, recovery codes. */
export async function challengeAndVerify(
  session: FactorSession,
  factorId: string,
  proof: Proof,
  languages: readonly string[],
): Outcome<Verified> {
  const typed = await checkTyped(session, proof.form, proof.input);
  if (!typed.ok) return typed;
  const sent = { factorId, proof: proof.input, languages: [...languages] };
  return said(
    await session.askForNext(
      (api, { device }) => api.mfa.challengeAndVerify.mutate({ ...sent, device }),
      nextOf,
    ),
  );
}

/**
 * Removes a factor.
 *
 * @param evenLast the person knows that without it the passphrase alone lets in, and recovery codes go too
 * @param languages in which they are told by mail: BCP 47, the best first
 */
export async function removeFactor(
  session: FactorSession,
  factorId: string,
  evenLast: boolean,
  languages: readonly string[],
): Outcome<void> {
  const sent = { factorId, evenLast, languages: [...languages] };
  const removed = said(await session.ask((api) => api.mfa.unenroll.mutate(sent)));
  return removed.ok ? ok(undefined) : removed;
}

/**
 * Takes back one that was begun. What is drawn of it may be old: another page may have proven it meanwhile, or an answer that
 * was right never came back, and then it is one of the person's factors.
 *
 * @returns "gone": nothing of it is left there; "proven": it counts, and stays
 */
export async function takeBack(
  session: FactorSession,
  factorId: string,
  languages: readonly string[],
): Outcome<"gone" | "proven"> {
  const listed = await listFactors(session);
  if (!listed.ok) return listed;
  const found = listed.value.find(({ id }) => id === factorId);
  if (found === undefined) return ok("gone");
  if (found.status === "verified") return ok("proven");
  const removed = await removeFactor(session, factorId, false, languages);
  return removed.ok || isGone(removed.error) ? ok("gone") : removed;
}

/** Another page was quicker. */
function isGone(refusal: FactorRefusal): boolean {
  return typeof refusal === "object" && "reason" in refusal && refusal.reason === "no-such-factor";
}

/** Calls a factor something else: 64 characters at most; null: by its kind. @param languages as above */
export async function renameFactor(
  session: FactorSession,
  factorId: string,
  name: string | null,
  languages: readonly string[],
): Outcome<void> {
  const sent = { factorId, name, languages: [...languages] };
  const renamed = await session.ask((api) => api.mfa.rename.mutate(sent));
  if (renamed.ok) return ok(undefined);
  return isSaid(renamed.error, "not-found") ? err({ reason: "no-such-factor" }) : renamed;
}

/** What was done about the factors of the person, and about those of people in their groups, the latest first. */
export async function readActivity(session: FactorSession): Outcome<Answered<"activity">> {
  return session.ask((api) => api.mfa.activity.query());
}

function isSaid(failure: FactorRefusal, reason: string): boolean {
  return typeof failure === "object" && "refused" in failure && failure.refused === reason;
}

function nextOf(answer: object): NextToken | null {
  return "token" in answer ? (({ token, device }) => ({ token, device }))(answer as NextToken) : null;
}

/** What came of it, or why nothing did: what the session lacks is a failure like that of any other call. */
function said<T extends object>(
  asked: Result<T, FactorRefusal>,
): Result<Exclude<T, { refused: unknown }>, FactorRefusal> {
  if (!asked.ok) return asked;
  const answer = asked.value;
  if (!("refused" in answer)) return ok(answer as Exclude<T, { refused: unknown }>);
  const why = answer.refused as FactorStepRefusal | { readonly reason: Lack };
  return isLack(why) ? err(why.reason) : err(why);
}

function isLack(why: { readonly reason: string }): why is { readonly reason: Lack } {
  return lackNamed(why.reason) !== undefined;
}
