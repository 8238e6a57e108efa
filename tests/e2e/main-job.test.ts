import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ENROLMENT_VARIANTS } from "../practice-site/enrolment-pages.ts";
import { isThorough } from "../support/thorough.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { fillByEnter, submissionsOf, submit } from "./steps/fill.ts";
import { closePopup, keepFound } from "./steps/keep.ts";
import { scanPage, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

/** Every way of showing a code but the one that is too small to be read. */
const READABLE = Object.keys(ENROLMENT_VARIANTS).filter((variant) => variant !== "tiny");
/** One for each way of reading: an element's own pixels, its drawing, the screenshot, and a frame nobody may look into. */
const DIFFERENT = ["png", "inline-svg", "canvas", "cross-origin-image", "cross-origin-frame"];
const VARIANTS = READABLE.filter((variant) => isThorough || DIFFERENT.includes(variant));

describe("a code scanned from a page signs in to its site", () => {
  test.each(VARIANTS)("shown as %s", async (variant) => {
    const { browser, site } = stage;
    const account = `alice+${variant}@example.com`;
    const enrolment = await stage.openEnrolment(variant, { account });

    const popup = await scanPage(browser, enrolment);
    const [draft, ...others] = await shownDrafts(popup);
    expect(others).toEqual([]);
    expect(draft).toMatchObject({ issuer: "Harbour", account });
    expect(draft?.parameters).toContain("6 digits");
    expect(draft?.parameters).toContain("every 30 s");
    expect(expectedCodes(site, account)).toContain(draft?.code);

    await keepFound(popup, "later");
    await closePopup(popup);

    const signIn = await stage.openSignIn("single", account);
    await fillByEnter(browser, signIn, account);
    expect(await submissionsOf(signIn)).toBe(0);
    expect(await submit(signIn)).toBe("accepted");
  });
});
