import { bytesToBase64url, utf8 } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { factorResetContext } from "../../shared/identity/proofs.ts";
import { recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AskFailure } from "./api-failure.ts";
import type { ConnectionRefusal } from "./connection.ts";
import type { FactorSession } from "./factor-session.ts";
import { readTypedKit, type TypedKitRefusal } from "./typed-kit.ts";

/**
 * Why no factors went. "reset-kit": the recovery key is another one than counts there; "reset-no-factor": there is none to be
 * taken away; "reset-not-asked": nobody has asked, or it was stopped; "reset-too-early": the announced wait is not over;
 * "reset-rank": only administrators of the server may.
 */
export type ResetRefusal =
  | AskFailure
  | ConnectionRefusal
  | TypedKitRefusal
  | "reset-kit"
  | "reset-no-factor"
  | "reset-not-asked"
  | "reset-too-early"
  | "reset-rank";

/** A reset that was asked for. Milliseconds since 1970 UTC. */
export type AskedReset = { readonly askedAt: number; readonly dueAt: number };

/**
 * Asks, with the recovery kit, that all factors of the person go. It is announced to all their devices at once, and done no
 * sooner than the server says.
 *
 * @param typedKit as letters, or as its QR code says it. The key itself stays here: the server gets a signature
 */
export async function askReset(
  session: FactorSession,
  typedKit: string,
): Promise<Result<AskedReset, ResetRefusal>> {
  const signed = await signer(session, typedKit, "ask");
  if (!signed.ok) return signed;
  return named(
    await session.ask(async (api, { token }) =>
      api.mfa.askReset.mutate({ proof: await signed.value(token) }),
    ),
  );
}

/** Once the wait is over: takes all factors away. The passphrase alone lets in then. */
export async function finishReset(
  session: FactorSession,
  typedKit: string,
): Promise<Result<void, ResetRefusal>> {
  const signed = await signer(session, typedKit, "finish");
  if (!signed.ok) return signed;
  const done = named(
    await session.ask(async (api, { token }) =>
      api.mfa.finishReset.mutate({ proof: await signed.value(token) }),
    ),
  );
  return done.ok ? ok(undefined) : done;
}

/** Stops a reset that somebody has asked for; for whoever is signed in, with a factor where they have one. */
export async function cancelReset(session: FactorSession): Promise<Result<void, ResetRefusal>> {
  const stopped = await session.ask((api) => api.mfa.cancelReset.mutate());
  if (stopped.ok) return ok(undefined);
  return isSaid(stopped.error, "not-found") ? err("reset-not-asked") : stopped;
}

/** For administrators of the server: takes all factors of somebody else away. Everybody in that person's groups is told. */
export async function resetFactors(
  session: FactorSession,
  userId: string,
): Promise<Result<{ readonly removed: number }, ResetRefusal>> {
  return named(await session.ask((api) => api.mfa.resetFactors.mutate({ userId })));
}

/** Signs for one step in one session, which is named by the hash of its token. */
async function signer(
  { serverId, userId }: FactorSession,
  typedKit: string,
  step: "ask" | "finish",
): Promise<Result<(token: string) => Promise<string>, TypedKitRefusal>> {
  const kit = await readTypedKit(typedKit);
  if (!kit.ok) return kit;
  const key = await recoverySigningKeyOf(kit.value);
  return ok(async (token) => {
    const sessionId = bytesToBase64url(await sha256(utf8(token)));
    return bytesToBase64url(await sign(key, factorResetContext({ serverId, userId, sessionId, step })));
  });
}

const REASONS: Readonly<Record<string, ResetRefusal>> = {
  proof: "reset-kit",
  "no-factor": "reset-no-factor",
  "not-asked": "reset-not-asked",
  "too-early": "reset-too-early",
  rank: "reset-rank",
};

function named<T>(asked: Result<T, AskFailure | ConnectionRefusal>): Result<T, ResetRefusal> {
  if (asked.ok || typeof asked.error !== "object") return asked;
  return err(REASONS[asked.error.refused] ?? asked.error);
}

function isSaid(failure: AskFailure | ConnectionRefusal, reason: string): boolean {
  return typeof failure === "object" && failure.refused === reason;
}
