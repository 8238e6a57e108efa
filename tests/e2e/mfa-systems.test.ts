import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectedCodes } from "./steps/expected-code.ts";
import { closePopup, keepFound } from "./steps/keep.ts";
import { scanPage, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { fillCode, openSetUp, press, WALKS } from "./steps/systems.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

describe("the page of another product that sets a factor up is scanned, kept, filled, and accepts the code", () => {
  test.each(WALKS)("$system", async (walk) => {
    const { browser, site } = stage;
    const page = await openSetUp(stage, walk);
    const popup = await scanPage(browser, page);
    const [draft, ...others] = await shownDrafts(popup);
    expect(others).toEqual([]);
    expect(draft).toMatchObject({ issuer: walk.issuer(stage), account: walk.account });
    expect(expectedCodes(site, `${walk.system}/${walk.account}`)).toContain(draft?.code);
    await keepFound(popup);
    await closePopup(popup);

    await fillCode(stage, page, walk);
    await browser.picture(page, `mfa-${walk.system}`);
    expect(await press(page, walk.confirm)).toBe("accepted");
  });
});
