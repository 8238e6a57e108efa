import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { chooseOurMenu, middleOf } from "./steps/context-menu.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { closePopup, keepFound } from "./steps/keep.ts";
import { scanEnded, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { codeFields, codeIn, openSetUp, press, WALKS } from "./steps/systems.ts";

describe.skipIf(!hasXvfb())(
  "setting up at other products by the menus alone (needs xvfb and xdotool)",
  () => {
    let screen: Screen;
    let stage: Stage;

    // Each with a vault of its own: where one account alone belongs to the site, the menu fills without a question.
    beforeEach(async () => {
      screen = await startXvfb();
      stage = await openStage({ screen });
    });
    afterEach(async () => {
      await stage?.close();
      await screen?.stop();
    });

    test.each(WALKS)(
      "$system: its QR code is scanned by the menu and its first code accepted",
      async (walk) => {
        const page = await openSetUp(stage, walk);
        await screen.focusWindow();
        await stage.browser.killWorker();
        const picture = page.locator("#app img, #app svg");
        const isImage = (await page.locator("#app img").count()) > 0;
        // An SVG within the page is no image to the browser: it has the page's menu.
        await chooseOurMenu(screen, page, await middleOf(picture), isImage ? "image" : "page");
        const popup = await stage.browser.waitForPopup();
        await scanEnded(popup);
        const [draft, ...others] = await shownDrafts(popup);
        expect(others).toEqual([]);
        expect(draft).toMatchObject({ issuer: walk.issuer(stage), account: walk.account });
        await keepFound(popup);
        await closePopup(popup);

        await screen.focusWindow();
        await chooseOurMenu(screen, page, await middleOf(codeFields(page).first()), "field");
        const expected = () => expectedCodes(stage.site, `${walk.system}/${walk.account}`);
        await expect.poll(() => codeIn(page)).toMatch(/^\d{6}$/);
        expect(expected()).toContain(await codeIn(page));
        expect(await press(page, walk.confirm)).toBe("accepted");
      },
    );
  },
);
