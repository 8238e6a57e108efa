import type { Page } from "playwright-core";
import { parseOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import type { ShownEnrolment } from "../../practice-site/enrolment.ts";
import type { PracticeSite } from "../../practice-site/server.ts";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { entryOf, restoreInto } from "../vault-steps.ts";
import { answerProtection, closePopup, type Protection } from "./keep.ts";

/** Enrols an account at the site as its page would, without a browser: what its page shows is returned. */
export async function enrolQuietly(
  site: PracticeSite,
  asked: Readonly<Record<string, string>> & { readonly account: string },
): Promise<ShownEnrolment> {
  await fetch(`${site.origin}/enroll/png?${new URLSearchParams(asked)}`);
  const enrolment = site.enrolmentOf(asked.account);
  if (enrolment === undefined) throw Error(`the site did not enrol ${asked.account}`);
  return enrolment;
}

/** An account to enrol: what its page is asked for besides, and the hosts it then belongs to, the site's own by default. */
export type Enrolling = {
  readonly account: string;
  readonly asked?: Readonly<Record<string, string>>;
  readonly sites?: readonly string[];
};

/** Enrols accounts at the site and restores all of them at once: for tests that need many. */
export async function enrolAndRestore(
  browser: ExtensionBrowser,
  site: PracticeSite,
  accounts: readonly Enrolling[],
): Promise<void> {
  const entries = [];
  for (const { account, asked, sites = [new URL(site.origin).host] } of accounts) {
    const { uri } = await enrolQuietly(site, { ...asked, account });
    const read = parseOtpauthUri(uri);
    if (!read.ok) throw Error(`the site's address is refused: ${read.error.reason}`);
    entries.push(entryOf({ ...read.value.draft, sites: [...sites] }));
  }
  await restoreInto(browser, entries, null);
}

/** Keeps an account by pasting its address into the form, with the popup open on a page: the page's site is remembered. */
export async function keepTyped(
  browser: ExtensionBrowser,
  page: Page,
  uri: string,
  { protection = "later" }: { protection?: Protection } = {},
): Promise<void> {
  const popup = await browser.pressAction(page);
  const typeIn = popup.getByRole("button", { name: "Type it in" });
  await typeIn.or(popup.getByRole("combobox")).first().waitFor();
  if (!(await typeIn.isVisible())) await popup.keyboard.press("Alt+n");
  await typeIn.click();
  await popup.getByLabel("Key", { exact: true }).fill(uri);
  await popup.getByRole("button", { name: "Keep" }).click();
  const later = popup.getByRole("button", { name: "Later" });
  const list = popup.getByRole("grid");
  await later.or(list).first().waitFor();
  if (!(await list.isVisible())) await answerProtection(popup, protection);
  await list.waitFor({ timeout: 30_000 });
  await closePopup(popup);
}
