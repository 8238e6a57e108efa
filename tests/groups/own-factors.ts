import { afterEach, beforeEach, vi } from "vitest";
import type { FactorSession, HalfSession } from "../../extension/servers/factor-session.ts";
import type { ShowFactor } from "../../extension/servers/show-factor.ts";
import { err, ok } from "../../shared/result.ts";
import { codeOf } from "../server/mfa/authenticator.ts";
import { shownAs } from "../server/mfa/with-factor.ts";
import { value } from "./device.ts";
import type { OwnDevice } from "./own-device.ts";

export const CODE_FORM = [
  { name: "code", kind: "code", label: { en: "Code", "zh-CN": "验证码" }, hint: null, longest: 64 },
] as const;

/** An authenticator that was set up, as whoever holds it has it. */
export type Authenticator = {
  readonly factorId: string;
  readonly secret: string;
  /** Waits for a code that was not shown yet: half a minute, by the clock that everybody has (withClock). */
  next(): string;
};

function authenticator(factorId: string, secret: string): Authenticator {
  return {
    ...{ factorId, secret },
    next() {
      later(30_000);
      return codeOf(secret, Date.now());
    },
  };
}

/** Every test of a file that calls this has a clock that stands until it is moved. */
export function withClock(): void {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
  afterEach(() => void vi.useRealTimers());
}

/** Lets so many milliseconds pass. */
export function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Sets up an authenticator in the session of a device. */
export async function setUpAuthenticator(device: OwnDevice, serverId: string): Promise<Authenticator> {
  return setUpIn(device, value(await device.factorSession.ownFactorSession(serverId)));
}

/** The same in a session of whichever kind. */
export async function setUpIn(device: OwnDevice, session: FactorSession): Promise<Authenticator> {
  const module = { id: "totp", setUpForm: [] };
  const begun = value(await device.factors.beginSetUp(session, module, { name: "phone", input: {} }, ["en"]));
  const { secret } = shownAs(begun.shown, "totp-secret");
  const phone = authenticator(begun.factorId, secret);
  value(
    await device.factors.verify(session, begun, { form: CODE_FORM, input: { code: phone.next() } }, ["en"]),
  );
  return phone;
}

/** Shows codes of an authenticator, one after the other, and says which sessions asked. */
export function showing(device: OwnDevice, phone: Authenticator): ShowFactor & { asked: HalfSession[] } {
  const asked: HalfSession[] = [];
  const show: ShowFactor = async (half) => {
    asked.push(half);
    const proof = { form: CODE_FORM, input: { code: phone.next() } };
    const shown = await device.factors.challengeAndVerify(half, phone.factorId, proof, ["en"]);
    if (!shown.ok) throw Error(JSON.stringify(shown.error));
    return ok(undefined);
  };
  return Object.assign(show, { asked });
}

export const cancelling: ShowFactor = async () => err("factor-cancelled");
