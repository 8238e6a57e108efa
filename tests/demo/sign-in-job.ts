import { fillByEnter, submit } from "../e2e/steps/fill.ts";
import { closePopup, keepFound } from "../e2e/steps/keep.ts";
import { scanPage, shownDrafts } from "../e2e/steps/scan.ts";
import type { Stage } from "../e2e/steps/stage.ts";
import { log } from "./log.ts";

/**
 * The main job, from the enrolment page to the site's own word: scan, keep, see the code, fill it in.
 *
 * @param asked of the enrolment page, e.g. `{ account: "alice@example.com", digits: "8" }`
 * @returns what the site says: "accepted", or "refused: " and why
 */
export async function signInJob(
  stage: Stage,
  asked: Readonly<Record<string, string>> & { readonly account: string },
): Promise<string> {
  const { browser } = stage;
  const enrolment = await log.step("The site's page for setting up a second factor", () =>
    stage.openEnrolment("png", asked),
  );
  const { popup, drafts } = await log.step(
    "Toolbar button pressed, page scanned",
    async () => {
      const scanned = await scanPage(browser, enrolment);
      return { popup: scanned, drafts: await shownDrafts(scanned) };
    },
    (found) =>
      found.drafts
        .map(({ issuer, account, parameters }) => `${issuer}, ${account}: ${parameters}`)
        .join("; "),
  );
  if (drafts.length !== 1) throw Error(`one account was expected, ${drafts.length} were found`);
  await log.step("Account kept", () => keepFound(popup, "later"));
  await log.step(
    "Its code in the popup's list",
    () => popup.locator(".row", { hasText: asked.account }).locator(".code").getAttribute("data-code"),
    (code) => code ?? "",
  );
  await closePopup(popup);

  const signIn = await log.step("The site's sign-in page", () => stage.openSignIn("single", asked.account));
  await log.step(
    "Toolbar button and Enter: code filled in",
    async () => {
      await fillByEnter(browser, signIn, asked.account);
      return signIn.getByLabel("Authentication code").inputValue();
    },
    (code) => code,
  );
  const verdict = await log.step("“Sign in” pressed", () => submit(signIn));
  log.verdict(verdict);
  return verdict;
}
