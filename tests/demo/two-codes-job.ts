import type { Page } from "playwright-core";
import { fillByEnter, submit } from "../e2e/steps/fill.ts";
import { scanAndKeep } from "../e2e/steps/keep.ts";
import type { Stage } from "../e2e/steps/stage.ts";
import { log } from "./log.ts";

/** The first half of a set-up that wants two consecutive codes: scanned, kept, the first code filled in. */
export async function fillFirstOfTwo(stage: Stage, account: string): Promise<Page> {
  const page = await log.step("The site's page that wants two consecutive codes", () =>
    stage.openEnrolment("consecutive", { account, issuer: "Amazon Web Services" }),
  );
  await log.step("Scanned and kept", () => scanAndKeep(stage.browser, page));
  await log.step(
    "Toolbar button and Enter: first code filled in",
    async () => {
      await fillByEnter(stage.browser, page, account);
      return page.getByLabel("MFA code 1").inputValue();
    },
    (code) => code,
  );
  return page;
}

/** The second half: the worker fills the next code when it comes, with no popup and no further press. */
export async function waitForSecondOfTwo(page: Page): Promise<string> {
  await log.step(
    "The second code came, and was filled in by itself",
    async () => {
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>("[name=code2]")?.value !== "",
        null,
        { timeout: 40_000 },
      );
      return page.getByLabel("MFA code 2").inputValue();
    },
    (code) => code,
  );
  const verdict = await log.step("“Add MFA” pressed", () => submit(page));
  log.verdict(verdict);
  return verdict;
}
