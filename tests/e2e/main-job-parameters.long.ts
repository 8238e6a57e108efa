import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectedCodes } from "./steps/expected-code.ts";
import { fillByEnter, submit } from "./steps/fill.ts";
import { closePopup, keepFound } from "./steps/keep.ts";
import { scanPage, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

/** What the site asks for, and what of it the popup has to say. */
const CASES = [
  { of: { algorithm: "SHA512" }, says: ["SHA-512", "6 digits", "every 30 s"] },
  { of: { algorithm: "SHA256", digits: 8, period: 60 }, says: ["SHA-256", "8 digits", "every 60 s"] },
  { of: { digits: 7, period: 45 }, says: ["7 digits", "every 45 s"] },
] as const;

describe("parameters are taken as the site names them, and the site accepts the code", () => {
  test.each(CASES)("$of", async ({ of, says }) => {
    const { browser, site } = stage;
    const account = `alice+${Object.values(of).join("-")}@example.com`;
    const asked = Object.fromEntries(Object.entries(of).map(([name, value]) => [name, String(value)]));
    const enrolment = await stage.openEnrolment("png", { account, ...asked });
    const popup = await scanPage(browser, enrolment);
    const [draft] = await shownDrafts(popup);
    for (const words of says) expect(draft?.parameters).toContain(words);
    expect(expectedCodes(site, account, of)).toContain(draft?.code);
    await keepFound(popup);
    await closePopup(popup);

    const signIn = await stage.openSignIn("single", account);
    await fillByEnter(browser, signIn, account);
    expect(await submit(signIn)).toBe("accepted");
  });

  test("Steam Guard", async () => {
    const { browser } = stage;
    const account = "alice+steam@example.com";
    const popup = await scanPage(browser, await stage.openEnrolment("png", { account, type: "steam" }));
    const [draft] = await shownDrafts(popup);
    expect(draft?.parameters).toContain("Steam Guard");
    expect(draft?.code).toMatch(/^[2-9BCDFGHJKMNPQRTVWXY]{5}$/);
    await keepFound(popup);
    await closePopup(popup);

    const signIn = await stage.openSignIn("single", account);
    // The address of a Steam account names nobody.
    await fillByEnter(browser, signIn, "steam");
    expect(await submit(signIn)).toBe("accepted");
  });
});

describe("a site that keeps another secret than it showed", () => {
  test("refuses the code", async () => {
    const account = "eve@example.com";
    const enrolment = await stage.openEnrolment("png", { account, "wrong-bit": "" });
    const popup = await scanPage(stage.browser, enrolment);
    await keepFound(popup);
    await closePopup(popup);
    const signIn = await stage.openSignIn("single", account);
    await fillByEnter(stage.browser, signIn, account);
    expect(await submit(signIn)).toBe("refused: the code is wrong");
  });
});
