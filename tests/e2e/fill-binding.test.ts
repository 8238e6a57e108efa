import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pastedText } from "./steps/clipboard.ts";
import { expectedHotpCode } from "./steps/expected-code.ts";
import { fillByEnter, filledAndClosed, pressEnterOn, submit, toastOf } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolAndRestore } from "./steps/type-in.ts";

let stage: Stage;
let host: string;

// Accounts that count, so that each of their codes is another one.
const asked = { type: "hotp", counter: "0" };

beforeAll(async () => {
  stage = await openStage();
  host = new URL(stage.site.origin).host;
  await enrolAndRestore(stage.browser, stage.site, [
    { account: "alice@example.com", asked, sites: [] },
    { account: "bob@example.com", asked, sites: [] },
    { account: "alice+back@example.com", asked, sites: [] },
    { account: "eve@example.com", asked, sites: [new URL(stage.site.otherOrigin).host] },
    { account: "alice+plain@example.com", asked },
    { account: "alice+foreign@example.com", asked },
  ]);
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

function fieldOf(page: Page): Promise<string> {
  return page.getByLabel("Authentication code").inputValue();
}

describe("an account that belongs to no site yet", () => {
  test("is filled after one confirmation that names the host in full, and without one from then on", async () => {
    const account = "alice@example.com";
    const page = await stage.openSignIn("single", account);
    const popup = await pressEnterOn(stage.browser, page, account);
    await popup.getByText("Is this the site that your account Harbour belongs to?").waitFor();
    expect(await popup.locator(".host").innerText()).toBe(host);
    expect(await fieldOf(page)).toBe("");
    await popup.keyboard.press("Enter");
    await filledAndClosed(popup);
    expect(await submit(page)).toBe("accepted");

    const again = await stage.openSignIn("single", account);
    await fillByEnter(stage.browser, again, account);
    expect(await submit(again)).toBe("accepted");
  });

  test("is only copied where that is what the person chooses, and asked about again", async () => {
    const account = "bob@example.com";
    const page = await stage.openSignIn("single", account);
    const popup = await pressEnterOn(stage.browser, page, account);
    await popup.getByRole("button", { name: "Only copy the code" }).click();
    expect(await toastOf(popup)).toContain("is copied");
    expect(await fieldOf(page)).toBe("");
    expect(await pastedText(stage.browser.context)).toBe(expectedHotpCode(stage.site, account, 0));

    const second = await pressEnterOn(stage.browser, page, account);
    await second.locator(".host").waitFor();
  });

  test("gives nothing where the person goes back", async () => {
    const account = "alice+back@example.com";
    const page = await stage.openSignIn("single", account);
    const popup = await pressEnterOn(stage.browser, page, account);
    await popup.locator(".host").waitFor();
    await popup.keyboard.press("Escape");
    await popup.getByRole("grid").waitFor();
    expect(await fieldOf(page)).toBe("");
  });
});

describe("an account that belongs to another site", () => {
  test("warns of an imitation and names where it was filled until now", async () => {
    const account = "eve@example.com";
    const elsewhere = new URL(stage.site.otherOrigin);
    const page = await stage.openSignIn("single", account);
    const popup = await pressEnterOn(stage.browser, page, account);
    await popup.getByText(`Until now Harbour was filled in at ${elsewhere.host} only.`).waitFor();
    expect(await popup.locator(".host").innerText()).toBe(host);
    expect(await fieldOf(page)).toBe("");
  });

  test("does not stand under the name of this one", async () => {
    const popup = await stage.browser.pressAction(await stage.openSignIn("single", "eve@example.com"));
    await popup.getByRole("grid").waitFor();
    const order = await popup.locator(".section, .row-account").allInnerTexts();
    const others = order.findIndex((text) => text.startsWith("All codes"));
    expect(order[0]).toContain(`For ${host}`);
    expect(order.indexOf("eve@example.com")).toBeGreaterThan(others);
  });
});

describe("an address that no code may go to", () => {
  /** Serves the sign-in page under another address, without any network. */
  async function openAs(address: string): Promise<Page> {
    const page = await stage.browser.context.newPage();
    const body = await (await fetch(`${stage.site.origin}/sign-in/single`)).text();
    await page.route(`${address}**`, (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(address);
    return page;
  }

  test("a page without https gets nothing; the code is copied", async () => {
    const account = "alice+plain@example.com";
    const page = await openAs("http://harbour.example/");
    const popup = await pressEnterOn(stage.browser, page, account);
    const said = await toastOf(popup);
    expect(said).toContain("This page is not encrypted");
    expect(said).toContain("is copied");
    expect(await fieldOf(page)).toBe("");
  });

  test("a name in foreign letters is shown as it is written and as it reads", async () => {
    const account = "alice+foreign@example.com";
    const page = await openAs("https://xn--hrbour-4fg.example/");
    const popup = await pressEnterOn(stage.browser, page, account);
    expect(await popup.locator(".host").innerText()).toBe("xn--hrbour-4fg.example");
    await popup.getByText("written in foreign letters").waitFor();
    expect(await fieldOf(page)).toBe("");
  });
});
