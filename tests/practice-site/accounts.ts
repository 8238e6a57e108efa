import { type Algorithm, hotpCode, steamCode, timeStep } from "./expected-code.ts";

export type Enrolment = {
  readonly type: "totp" | "hotp" | "steam";
  readonly secret: Buffer;
  readonly algorithm: Algorithm;
  readonly digits: number;
  /** Seconds. */
  readonly period: number;
  /** The first counter that will be accepted; for hotp only. */
  readonly counter: number;
};

export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly why: string };

type Account = Enrolment & {
  /** Nothing at or below it is accepted again: RFC 6238 section 5.2, RFC 4226 section 7.2. */
  lastUsed: number;
};

/** How many steps a clock may be off, RFC 6238 section 6; how many presses may have been lost, RFC 4226 section 7.4. */
const CLOCK_WINDOW = 1;
const LOOK_AHEAD = 5;

/** The site's accounts with a second factor. The time comes in as milliseconds since 1970 UTC. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  /** Enrols an account; a later enrolment of the same name replaces the earlier secret. */
  enrol(name: string, enrolment: Enrolment): void {
    const lastUsed = enrolment.type === "hotp" ? enrolment.counter - 1 : -1;
    this.#accounts.set(name, { ...enrolment, lastUsed });
  }

  /** Checks one code and uses it up. */
  verify(name: string, code: string, timeMs: number): Verdict {
    const account = this.#accounts.get(name);
    if (account === undefined) return refused("this account is not enrolled");
    if (code.length !== account.digits) return refused(`a code has ${account.digits} characters`);
    const matching = acceptableSteps(account, timeMs).filter((each) => codeAt(account, each) === code);
    if (matching.length === 0) return refused("the code is wrong");
    const step = matching.find((each) => each > account.lastUsed);
    if (step === undefined) return refused("the code has been used already");
    account.lastUsed = step;
    return { accepted: true };
  }

  /**
   * Checks two different codes of consecutive steps, as some services want them at enrolment. Either both are used up
   * or none. The first may be one step older than usual: the person had to wait for the second.
   */
  verifyTwo(name: string, first: string, second: string, timeMs: number): Verdict {
    const account = this.#accounts.get(name);
    if (account === undefined) return refused("this account is not enrolled");
    if (first === second) return refused("the two codes must be different");
    const steps = acceptableSteps(account, timeMs);
    const earliest = (steps[0] ?? 0) - 1;
    const step = [earliest, ...steps].find((each) => codeAt(account, each) === first);
    if (step === undefined) return refused("the first code is wrong");
    if (codeAt(account, step + 1) !== second) return refused("the second code does not follow the first");
    if (!steps.includes(step + 1)) return refused("the second code is not valid yet");
    if (step <= account.lastUsed) return refused("the first code has been used already");
    account.lastUsed = step + 1;
    return { accepted: true };
  }
}

function acceptableSteps(account: Account, timeMs: number): number[] {
  if (account.type === "hotp") {
    // The code just used is among them, so that a replay can be told from a wrong code.
    const first = Math.max(0, account.lastUsed);
    return Array.from({ length: LOOK_AHEAD + 1 }, (_, index) => first + index);
  }
  const now = timeStep(timeMs, account.period);
  return Array.from({ length: 2 * CLOCK_WINDOW + 1 }, (_, index) => now - CLOCK_WINDOW + index);
}

function codeAt(account: Account, step: number): string {
  if (step < 0) return "";
  if (account.type === "steam") return steamCode(account.secret, step);
  return hotpCode(account.secret, step, account.algorithm, account.digits);
}

function refused(why: string): Verdict {
  return { accepted: false, why };
}
