import type { Shown } from "../../../shared/mfa/shown.ts";
import type { Api } from "../served.ts";
import { codeOf } from "./authenticator.ts";

/** What the answer of a procedure that can refuse is, where it did not. */
export function done<T extends object>(answer: T): Exclude<T, { refused: unknown }> {
  if ("refused" in answer) throw Error(`refused: ${JSON.stringify(answer.refused)}`);
  return answer as Exclude<T, { refused: unknown }>;
}

/** Why not; null: it was not refused. */
export function whyNot(answer: object): string | null {
  return "refused" in answer ? (answer.refused as { reason: string }).reason : null;
}

/** The part of that kind of what a step showed. */
export function shownAs<K extends Shown["kind"]>(
  shown: readonly Shown[],
  kind: K,
): Extract<Shown, { kind: K }> {
  const found = shown.find((each) => each.kind === kind);
  if (found === undefined) throw Error(`nothing was shown as ${kind}`);
  return found as Extract<Shown, { kind: K }>;
}

/** Begins to set up a factor. */
export async function beginSetUp(api: Api, module: string, input: Record<string, string> = {}) {
  return done(await api.mfa.enroll.mutate({ module, name: `my ${module}`, input, languages: ["en"] }));
}

/** Sets up an authenticator with the code of that moment. @returns its secret, and the session's next token */
export async function setUpTotp(api: Api, now: number) {
  const { factorId, challengeId, shown } = await beginSetUp(api, "totp");
  const { secret } = shownAs(shown, "totp-secret");
  const proof = { code: codeOf(secret, now) };
  const verified = done(
    await api.mfa.verify.mutate({ factorId, challengeId, proof, languages: [], device: null }),
  );
  return { factorId, secret, token: verified.token };
}

/** Shows a code of a factor. @returns the answer, right or wrong */
export async function show(api: Api, factorId: string, code: string, device: string | null = null) {
  return api.mfa.challengeAndVerify.mutate({ factorId, proof: { code }, languages: [], device });
}

/** Sets up the example's PIN. @returns the session's next token */
export async function setUpPin(api: Api, pin: string, module = "insecure_example") {
  const { factorId, challengeId } = await beginSetUp(api, module, { pin });
  const answer = { factorId, challengeId, proof: { pin }, languages: [], device: null };
  const { token, device } = done(await api.mfa.verify.mutate(answer));
  return { factorId, token, device };
}

/** Shows a PIN of the example. */
export async function showPin(api: Api, factorId: string, pin: string, device: string | null = null) {
  return api.mfa.challengeAndVerify.mutate({ factorId, proof: { pin }, languages: [], device });
}
