import type { Lack } from "../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Api, apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import type { ConnectionRefusal } from "./connection.ts";
import { changeServerUnder, readKept } from "./keep-server.ts";
import { forgetSession } from "./sessions.ts";
import { withTokenLock } from "./token-lock.ts";
import { bare, wasTyped } from "./typed-passphrases.ts";

/** What a right answer gives: the session's next token, and what the device is remembered by. */
export type NextToken = { readonly token: string; readonly device: string | null };

/** One call, in a session as it is at that moment. */
type Call<T> = (api: Api, session: { readonly token: string; readonly device: string | null }) => Promise<T>;

/** A session in which second factors are looked at, shown and changed: this device's, or one that is only beginning. */
export type FactorSession = {
  readonly serverId: string;
  readonly origin: string;
  readonly userId: string;
  /** By which the person signs in there. */
  readonly email: string;
  /** Asks in it. */
  ask<T>(call: Call<T>): Promise<Result<T, AskFailure | ConnectionRefusal>>;
  /** Asks for what may give it another token, and keeps that before anything else. */
  askForNext<T>(
    call: Call<T>,
    nextOf: (answer: T) => NextToken | null,
  ): Promise<Result<T, AskFailure | ConnectionRefusal>>;
  /** Whether it is a passphrase that was right at the server since this page was opened, or much of the one it began with. */
  isPassphrase(typed: string): Promise<boolean>;
};

/**
 * The session of this device at a server that it is connected to. An answer that never comes leaves it with a token that
 * counts no more: then it is over, and signing in again is all that is to be done.
 */
export async function ownFactorSession(serverId: string): Promise<Result<FactorSession, ConnectionRefusal>> {
  const kept = await readKept(serverId);
  if (!kept.ok) return kept;
  const { origin, userId, secrets } = kept.value;
  return ok({
    ...{ serverId, origin, userId, email: secrets.email },
    ask: (call) => askAsStored(serverId, call),
    askForNext: (call, nextOf) => withTokenLock(serverId, () => askAndKeep(serverId, call, nextOf)),
    isPassphrase: (typed) => wasTyped(serverId, typed),
  });
}

/**
 * Once more where another page has put another token in the place of the one that was refused.
 *
 * @param refused the token that was refused just now; null: none was
 */
async function askAsStored<T>(
  serverId: string,
  call: Call<T>,
  refused: string | null = null,
): Promise<Result<T, AskFailure | ConnectionRefusal>> {
  const kept = await withTokenLock(serverId, () => readKept(serverId));
  if (!kept.ok) return kept;
  const { origin, secrets } = kept.value;
  const { token, device = null } = secrets;
  if (token === null) return err("signed-out");
  if (token === refused) {
    await forgetSession(serverId, token);
    return err("signed-out");
  }
  const asked = await ask(call(apiOf(origin, token), { token, device }));
  return asked.ok || asked.error !== "signed-out" ? asked : askAsStored(serverId, call, token);
}

/** To be called with the token's lock held: what is stored is what the session has. */
async function askAndKeep<T>(
  serverId: string,
  call: Call<T>,
  nextOf: (answer: T) => NextToken | null,
): Promise<Result<T, AskFailure | ConnectionRefusal>> {
  const kept = await readKept(serverId);
  if (!kept.ok) return kept;
  const { origin, secrets, key } = kept.value;
  const { token, device = null } = secrets;
  if (token === null) return err("signed-out");
  const asked = await ask(call(apiOf(origin, token), { token, device }));
  if (!asked.ok) {
    if (asked.error === "signed-out") await forgetSession(serverId, token);
    return asked;
  }
  const next = nextOf(asked.value);
  // Who has signed in anew meanwhile, or out, has another session.
  if (next !== null)
    await changeServerUnder(key, serverId, (before) =>
      before.token === token ? { ...before, ...next } : before,
    );
  return asked;
}

/**
 * A session that has begun with the passphrase, and lacks something before anything else can be done in it. It is kept
 * nowhere but here: whoever began it asks for its token when that is done.
 */
export type HalfSession = FactorSession & {
  readonly lacks: Lack;
  /** What is to be done in it: then a strong factor is asked for where there is one. */
  readonly isForChange: boolean;
  /** The session as it is by now. @returns device: undefined as long as no factor was shown in it */
  current(): { readonly token: string; readonly device: string | null | undefined };
};

/** @param began.passphrase is compared with what is typed into the server's forms, and goes nowhere */
export function halfSession(began: {
  readonly serverId: string;
  readonly origin: string;
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  /** What the server has known this device by before. */
  readonly device: string | null;
  readonly lacks: Lack;
  readonly isForChange: boolean;
  readonly passphrase: string;
}): HalfSession {
  const { serverId, origin, userId, email, lacks, isForChange } = began;
  let { token } = began;
  let device: string | null | undefined;
  const askNow = <T>(call: Call<T>) =>
    ask(call(apiOf(origin, token), { token, device: device ?? began.device }));
  return {
    ...{ serverId, origin, userId, email, lacks, isForChange },
    ask: askNow,
    async askForNext(call, nextOf) {
      const asked = await askNow(call);
      const next = asked.ok ? nextOf(asked.value) : null;
      if (next !== null) ({ token, device } = next);
      return asked;
    },
    isPassphrase: async (typed) => isPartOf(bare(typed), bare(began.passphrase)) || wasTyped(serverId, typed),
    current: () => ({ token, device }),
  };
}

/** So many characters of a passphrase are no code by chance. */
const PART_OF_PASSPHRASE = 8;

function isPartOf(typed: string, passphrase: string): boolean {
  return typed === passphrase || (typed.length >= PART_OF_PASSPHRASE && passphrase.includes(typed));
}
