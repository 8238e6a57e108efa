import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isThorough } from "../support/thorough.ts";
import { pastedText } from "./steps/clipboard.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { fillByEnter, pressEnterOn, submissionsOf, submit, toastOf } from "./steps/fill.ts";
import { closePopup } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolAndRestore } from "./steps/type-in.ts";

/** The pages that take a code, and where the code stands in them: one field, or boxes in order. */
const FIELDS = {
  single: "#code",
  "six-boxes": "[data-box]",
  react: "#code",
  "shadow-root": "code-field input",
  "login-form": "#code",
  chinese: ".ant-input",
  tel: "#code",
  number: "#code",
  "password-type": "#code",
  watched: "#code",
} as const;

/** One for each way of taking a value; how a field is found is tested in tests/extension/autofill. */
const DIFFERENT = ["six-boxes", "react", "shadow-root", "chinese"];
const FILLED = Object.entries(FIELDS).filter(([variant]) => isThorough || DIFFERENT.includes(variant));

const accountOf = (variant: string): string => `alice+${variant}@example.com`;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  // A code is good once: each page signs in an account of its own.
  const variants = [...Object.keys(FIELDS), "same-origin-frame", "never-fill"];
  const accounts = variants.map((variant) => ({ account: accountOf(variant) }));
  await enrolAndRestore(stage.browser, stage.site, accounts);
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

describe("a code fills what the page has for it, and nothing is submitted", () => {
  test.each(FILLED)("%s", async (variant, selector) => {
    const page = await stage.openSignIn(variant, accountOf(variant));
    await fillByEnter(stage.browser, page, accountOf(variant));
    const values = await page
      .locator(selector)
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
    expect(expectedCodes(stage.site, accountOf(variant))).toContain(values.join(""));
    expect(await submissionsOf(page)).toBe(0);
    expect(await submit(page)).toBe("accepted");
  });

  test("a field in a frame of the same site", async () => {
    const page = await stage.openSignIn("same-origin-frame", accountOf("same-origin-frame"));
    await fillByEnter(stage.browser, page, accountOf("same-origin-frame"));
    const frame = page.frames().find((each) => each !== page.mainFrame());
    if (frame === undefined) throw Error("the page has no frame");
    expect(await submissionsOf(frame)).toBe(0);
    expect(await submit(frame)).toBe("accepted");
  });
});

describe("a page keeps everything that is not the code's field", () => {
  test("the name and the password beside it stay as they are", async () => {
    const page = await stage.openSignIn("login-form", accountOf("login-form"));
    await page.getByLabel("Password").fill("typed by the person");
    await fillByEnter(stage.browser, page, accountOf("login-form"));
    expect(await page.getByLabel("Two-factor code").inputValue()).toMatch(/^\d{6}$/);
    expect(await page.getByLabel("Email").inputValue()).toBe("");
    expect(await page.getByLabel("Password").inputValue()).toBe("typed by the person");
  });

  test("an old code is replaced by the new one", async () => {
    const page = await stage.openSignIn("react", accountOf("react"));
    await page.getByLabel("Authenticator code").fill("000000");
    await fillByEnter(stage.browser, page, accountOf("react"));
    const state = await page.getByTestId("state").innerText();
    expect(state).not.toBe("000000");
    expect(expectedCodes(stage.site, accountOf("react"))).toContain(state);
  });

  test("nothing is added to it or changed in it, and only the field hears of the code", async () => {
    const page = await stage.openSignIn("watched", accountOf("watched"));
    await fillByEnter(stage.browser, page, accountOf("watched"));
    const log = await page.evaluate(() => (globalThis as unknown as { pageLog: string[] }).pageLog);
    expect(log).toContain("event input on code");
    expect(
      log.filter((line) => !/^event (focus|beforeinput|input|change|keydown|keyup) on code$/.test(line)),
    ).toEqual([]);
    expect(await page.content()).not.toContain("chrome-extension:");
    expect(
      await page.evaluate(() => Object.keys(globalThis).filter((name) => /countersign/i.test(name))),
    ).toEqual([]);
  });
});

describe("a page with a password and a card but no code", () => {
  test("gets nothing; the code is copied and the popup says why", async () => {
    const page = await stage.openSignIn("never-fill", accountOf("never-fill"));
    const popup = await pressEnterOn(stage.browser, page, accountOf("never-fill"));
    const said = await toastOf(popup);
    expect(said).toMatch(/card|password/);
    expect(said).toContain("is copied");
    await closePopup(popup);
    const values = await page
      .locator("input")
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
    expect(values).toEqual(["", "", ""]);
    expect(expectedCodes(stage.site, accountOf("never-fill"))).toContain(
      await pastedText(stage.browser.context),
    );
  });
});
