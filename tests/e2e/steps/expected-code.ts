import { base32Decode } from "../../../shared/bytes.ts";
import { type Algorithm, hotpCode, timeStep } from "../../practice-site/expected-code.ts";
import type { PracticeSite } from "../../practice-site/server.ts";

export type CodeParameters = {
  readonly algorithm?: Algorithm;
  readonly digits?: number;
  readonly period?: number;
};

/** The codes the site would take for an account now, in the step before and in the one after: a test may straddle two. */
export function expectedCodes(
  site: PracticeSite,
  account: string,
  { algorithm = "SHA1", digits = 6, period = 30 }: CodeParameters = {},
): string[] {
  const secret = secretOf(site, account);
  const step = timeStep(Date.now(), period);
  return [step - 1, step, step + 1].map((each) => hotpCode(secret, each, algorithm, digits));
}

/** The code of a counter. */
export function expectedHotpCode(site: PracticeSite, account: string, counter: number): string {
  return hotpCode(secretOf(site, account), counter, "SHA1", 6);
}

function secretOf(site: PracticeSite, account: string): Buffer {
  const shown = site.enrolmentOf(account);
  if (shown === undefined) throw Error(`${account} is not enrolled`);
  const secret = base32Decode(shown.secret);
  if (!secret.ok) throw Error("the site's own secret is not base32");
  return Buffer.from(secret.value);
}
