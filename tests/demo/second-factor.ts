import type { Page } from "playwright-core";
import { wordsIn } from "../e2e/words.ts";
import { codeOf } from "../server/mfa/authenticator.ts";
import { log } from "./log.ts";

const { t } = wordsIn("en");
const STEP_MS = 30_000;

/** Somebody's authenticator: gives one code after the other that the server has not seen. */
export type Authenticator = { next(): string };

/** Sets up an authenticator as the second factor of whoever has just registered, on their page of teams. */
export async function setUpFactor(page: Page): Promise<Authenticator> {
  return log.step("She sets up an authenticator as her second factor at the server", async () => {
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await press(page, t("factors.set-up.named", { kind: "Authenticator" }));
    const shown = await page.locator(".factor-secret .invitation-text").innerText();
    const authenticator = authenticatorOf(shown.replaceAll(" ", ""));
    await page.getByLabel("Code from your authenticator").fill(authenticator.next());
    await press(page, t("factors.set-up.prove"));
    await page.getByText(t("factors.set-up.then-codes")).waitFor();
    await openTeams(page);
    return authenticator;
  });
}

/** Signs out and in again: the passphrase, then a code of the second factor. */
export async function signInWithFactor(
  page: Page,
  { host, passphrase }: { readonly host: string; readonly passphrase: string },
  authenticator: Authenticator,
): Promise<void> {
  await log.step("She signs out, and in again with her passphrase", async () => {
    await openTeams(page);
    await press(page, t("teams.sign-out"));
    await page.getByLabel(t("teams.again.passphrase")).fill(passphrase);
    await press(page, t("teams.again.action"));
    await page.getByRole("heading", { name: t("factors.step.title", { host }) }).waitFor();
  });
  await log.step(
    "The server asks for the second factor: she types the code",
    async () => {
      const code = authenticator.next();
      await page.getByLabel("Code from your authenticator").fill(code);
      await press(page, t("factors.step.go-on"));
      await page.getByText(t("teams.again.done", { host })).first().waitFor();
      return code;
    },
    (code) => code,
  );
}

/** The server takes three codes at any moment, each once, and none from before one that it took. */
function authenticatorOf(secret: string): Authenticator {
  let step = 0;
  return {
    next() {
      step = Math.max(Math.floor(Date.now() / STEP_MS) - 1, step + 1);
      return codeOf(secret, step * STEP_MS);
    },
  };
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function openTeams(page: Page): Promise<void> {
  await page.evaluate(() => location.assign("#/teams"));
  await page.getByRole("button", { name: t("teams.sign-out"), exact: true }).waitFor();
}
