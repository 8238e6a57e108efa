import type { Page } from "playwright-core";
import * as vault from "../vault-steps.ts";
import { contact, protectProfile, register } from "./connect.ts";
import { type FactorSteps, factorSteps } from "./factors.ts";
import type { Line, LineState } from "./line.ts";
import type { TeamServer } from "./team-server.ts";

/** Second factors whose codes come from outside: what is done about them, whichever kind it is. */

/**
 * Registers somebody by a code, in a browser that starts for them; whoever calls it closes that.
 *
 * @param until where that leads: to the server's card, or to a second factor that is asked for
 */
export async function newPerson(
  server: TeamServer,
  who: { readonly email: string; readonly code: string; readonly language: string },
  until: "card" | "step" = "card",
): Promise<FactorSteps> {
  const browser = await vault.launch({ language: who.language });
  await protectProfile(browser, vault.PASSPHRASE);
  const page = await browser.openExtensionPage("page.html#/teams");
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1280, height: 900 });
  await contact(page, who.code);
  await register(page, who.email, vault.PASSPHRASE);
  const person = factorSteps(browser, page, server, who.language);
  await (until === "card" ? page.locator("a[href^='#/factors']").first() : person.title).waitFor();
  return person;
}

export const codeField = (page: Page) => page.locator("input[autocomplete=one-time-code]");

/** Waits until that sentence stands there. */
export const reads = ({ page }: FactorSteps, sentence: string) => page.getByText(sentence).first().waitFor();

/** One of the person's own second factors, as the page lists them. */
export const listed = ({ page }: FactorSteps, name: string) =>
  page.locator("section[aria-labelledby=factors] li").filter({ hasText: name });

/** Types a code and sends it off, whichever step it is. */
export async function typeCode({ page }: FactorSteps, code: string): Promise<void> {
  await codeField(page).fill(code);
  await codeField(page).press("Enter");
}

/** Signs out, and in as far as the step. */
export async function signInToStep(person: FactorSteps): Promise<void> {
  await person.signOut();
  await person.signIn();
  await person.title.waitFor();
}

/** Has that factor asked for in the step, whichever of several it began with. */
export async function choose({ page, button, t }: FactorSteps, name: string): Promise<void> {
  const another = button(t("factors.step.another"));
  await another.waitFor();
  if (await page.locator("p.dim").getByText(name, { exact: true }).isVisible()) return;
  await another.click();
  await button(t("factors.step.use-named", { name })).click();
}

/**
 * Signs in while the line to the system that sends the codes is broken: that is said, and once it is whole again they get in, by a
 * retry; after a silence, which takes long, by their authenticator.
 *
 * @param codes.sent how many codes have come so far. @param codes.after the one that comes when so many have come before
 * @param onSaid what is to be looked at where it is said
 */
export async function signInWhileBroken(
  person: FactorSteps,
  name: string,
  { line, broken }: { readonly line: Line; readonly broken: LineState },
  codes: { sent(): Promise<number> | number; after(count: number): Promise<string> },
  onSaid?: () => Promise<void>,
): Promise<void> {
  const { t, button, host, kinds } = person;
  const before = await codes.sent();
  line.is = broken;
  await signInToStep(person);
  await choose(person, name);
  await reads(person, t("factors.refused.not-reached", { host }));
  await onSaid?.();
  line.is = "whole";
  if (broken === "silent") {
    await choose(person, kinds.totp);
    await person.giveCode();
  } else {
    await button(t("teams.retry")).click();
    await typeCode(person, await codes.after(before));
  }
  await person.isIn();
}

/** A code of the same length that is another one. */
export function wrongFor(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, "0");
}
