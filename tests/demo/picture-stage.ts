import type { Page } from "playwright-core";
import { pngFile } from "../practice-site/enrolment-pages.ts";
import type { ExtensionBrowser } from "../support/extension.ts";

/**
 * Opens a page under an address of the real world, without the real world: the browser is handed its content, and no
 * request leaves. The pictures then name sites that people know.
 */
export async function openAs(browser: ExtensionBrowser, address: string, body: string): Promise<Page> {
  const page = await browser.context.newPage();
  await page.route(`${new URL(address).origin}/**`, (route) =>
    route.request().url() === address
      ? route.fulfill({ contentType: "text/html; charset=utf-8", body })
      : route.fulfill({ status: 404 }),
  );
  await page.goto(address);
  return page;
}

/** A sign-in page with one field for a code. */
export const SIGN_IN_BODY = `<!doctype html><title>Sign in</title><form>
<label>Authentication code <input name="otp" autocomplete="one-time-code" inputmode="numeric"></label></form>`;

/** A page with the QR codes of these texts. */
export async function bodyWithCodes(...texts: string[]): Promise<string> {
  const images = await Promise.all(
    texts.map(async (text) => {
      const png = (await pngFile(text)).toString("base64");
      return `<img width="220" height="220" alt="Set-up code" src="data:image/png;base64,${png}">`;
    }),
  );
  return `<!doctype html><title>Set up</title>${images.join("")}`;
}
