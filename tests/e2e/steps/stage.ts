import type { Page } from "playwright-core";
import { type PracticeSite, startPracticeSite } from "../../practice-site/server.ts";
import { type ExtensionBrowser, type ExtensionOptions, launchExtension } from "../../support/extension.ts";

/** What a whole flow takes place on: a browser with the extension, and the practice site. */
export type Stage = {
  readonly browser: ExtensionBrowser;
  readonly site: PracticeSite;
  /** Opens an enrolment page: the variant, and what its address asks for, e.g. `{ account: "bob", digits: "8" }`. */
  openEnrolment(variant: string, asked?: Readonly<Record<string, string>>): Promise<Page>;
  /** Opens a sign-in page for an account. */
  openSignIn(variant: string, account: string): Promise<Page>;
  /** Closes every page but an empty one, so that a test doesn't begin among the tabs of the one before. */
  clearTabs(): Promise<void>;
  close(): Promise<void>;
};

/** Starts both; whoever calls it closes them. */
export async function openStage(options: ExtensionOptions = {}): Promise<Stage> {
  const site = await startPracticeSite();
  const browser = await launchExtension(options).catch(async (error: unknown) => {
    await site.close();
    throw error;
  });
  return {
    browser,
    site,
    openEnrolment: (variant, asked = {}) =>
      browser.openPage(`${site.origin}/enroll/${variant}?${new URLSearchParams(asked)}`),
    openSignIn: (variant, account) =>
      browser.openPage(`${site.origin}/sign-in/${variant}?${new URLSearchParams({ account })}`),
    async clearTabs() {
      const empty = await browser.context.newPage();
      for (const page of browser.context.pages()) if (page !== empty) await page.close();
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
