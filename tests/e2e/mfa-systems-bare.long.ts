import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pressEnterOn, toastOf } from "./steps/fill.ts";
import { closePopup, scanAndKeep } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { codeFields, fillCode, openSetUp, press, type Walk, walkOf } from "./steps/systems.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

/** Supabase's own example, word by word: which has none. */
const bare = (account: string): Walk => ({ ...walkOf("supabase"), setUpPage: "enroll-bare", account });

describe("a page that sets a factor up without a word: a picture, a field, two buttons", () => {
  test("is scanned, kept, and takes the code of what was kept just now", async () => {
    const walk = bare("bob+bare@example.com");
    const page = await openSetUp(stage, walk);
    await scanAndKeep(stage.browser, page);
    await fillCode(stage, page, walk);
    await stage.browser.picture(page, "mfa-supabase-bare");
    expect(await press(page, walk.confirm)).toBe("accepted");
  });

  test("takes another code over one that was wrong", async () => {
    const walk = bare("alice+bare@example.com");
    const page = await openSetUp(stage, walk);
    await scanAndKeep(stage.browser, page);
    await codeFields(page).fill("000000");
    expect(await press(page, walk.confirm)).toContain("mfa_verification_failed");
    await fillCode(stage, page, walk);
    expect(await press(page, walk.confirm)).toBe("accepted");
  });

  test("and where nothing shows which field is meant, the person is told to point at it, and then it is filled", async () => {
    const walk = bare("eve+bare@example.com");
    const page = await openSetUp(stage, walk);
    await scanAndKeep(stage.browser, page);
    await page.locator("#app img").evaluate((picture) => picture.setAttribute("width", "20"));
    const popup = await pressEnterOn(stage.browser, page, walk.account);
    expect(await toastOf(popup)).toContain("click into it");
    await stage.browser.picture(popup, "mfa-supabase-bare-no-field");
    expect(await codeFields(page).inputValue()).toBe("");
    await closePopup(popup);
    await codeFields(page).click();
    await fillCode(stage, page, walk);
    expect(await press(page, walk.confirm)).toBe("accepted");
  });
});
