import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { thoroughTest } from "../support/thorough.ts";
import { eventually } from "./eventually.ts";
import { codeInPicture, draw, openArea } from "./steps/area.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** An area drawn by hand, in a window that shows the page as it looked when the popup took its picture. */
const { t } = wordsIn("en");
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

async function drafts(area: Page): Promise<string[]> {
  await area.locator(".draft").first().waitFor({ timeout: 20_000 });
  return (await shownDrafts(area)).map(({ account }) => account);
}
const storedPicture = async () => {
  const worker = await stage.browser.serviceWorker();
  return worker.evaluate(async () => {
    const { storage } = (
      globalThis as unknown as { chrome: { storage: { session: { get(): Promise<object> } } } }
    ).chrome;
    return "area-picture" in (await storage.session.get());
  });
};

describe("with the mouse", () => {
  test("a frame drawn around one of two codes is read as soon as it is let go, and kept with the site", async () => {
    const page = await stage.openEnrolment("two-codes", {
      account: "alice+area@example.com",
      account2: "bob+area@example.com",
    });
    const area = await openArea(stage, page);
    expect(await storedPicture()).toBe(false);
    const code = await codeInPicture(page, area, ".qr >> nth=1");
    await draw(
      area,
      { x: code.x - 6, y: code.y - 6 },
      { x: code.x + code.width + 6, y: code.y + code.height + 6 },
    );
    expect(await drafts(area)).toEqual(["bob+area@example.com"]);
    const [draft] = await shownDrafts(area);
    expect(expectedCodes(stage.site, "bob+area@example.com")).toContain(draft?.code);
    await area.getByRole("button", { name: t("keep.action"), exact: true }).click();
    await area.getByRole("button", { name: t("protect.later") }).click();
    await area.getByRole("button", { name: t("action.close"), exact: true }).waitFor();
    const closed = area.waitForEvent("close");
    // The key's going down closes it: its coming up finds nobody.
    await area.keyboard.press("Enter").catch(() => {});
    await closed;
    const popup = await steps.openPopupTab(stage.browser);
    await popup.locator(".row", { hasText: "bob+area@example.com" }).waitFor();
  });

  thoroughTest(
    "a mere click draws nothing, and a frame around nothing says why and can be drawn again",
    async () => {
      const page = await stage.openEnrolment("png", { account: "alice+again@example.com" });
      const area = await openArea(stage, page);
      const code = await codeInPicture(page, area);
      const before = await area.locator(".area-frame").getAttribute("aria-label");
      await area.mouse.click(code.x + 40, code.y + 40);
      expect(await area.locator(".area-frame").getAttribute("aria-label")).toBe(before);
      const picture = await area.locator(".area-picture").boundingBox();
      await draw(
        area,
        { x: (picture?.x ?? 0) + 4, y: code.y },
        { x: (picture?.x ?? 0) + 90, y: code.y + 90 },
      );
      await area.getByRole("alert").waitFor();
      expect(await area.getByRole("alert").innerText()).toContain(t("scan-next.draw-again"));
      // Right to left and from below, and through an edge of the code: a little of what is around it is looked at too.
      await draw(
        area,
        { x: code.x + code.width - 4, y: code.y + code.height + 8 },
        { x: code.x - 8, y: code.y - 8 },
      );
      expect(await drafts(area)).toEqual(["alice+again@example.com"]);
    },
  );
});

describe("by keyboard alone", () => {
  test("arrows move the frame, Shift and arrows size it, + zooms, Enter reads; each place is said", async () => {
    const page = await stage.openEnrolment("png", { account: "alice+keys@example.com" });
    const area = await openArea(stage, page);
    const frame = area.locator(".area-frame");
    const place = async () =>
      ((await frame.getAttribute("aria-label")) ?? "").match(/\d+/g)?.map(Number) ?? [];
    expect(await frame.evaluate((element) => element === document.activeElement)).toBe(true);
    const [left = 0, top = 0, width = 0, height = 0] = await place();

    await area.keyboard.press("ArrowRight");
    const [right = 0] = await place();
    expect(right).toBeGreaterThan(left);
    await area.keyboard.press("ArrowLeft");
    await area.keyboard.press("Control+ArrowDown");
    expect(await place()).toEqual([left, top + 1, width, height]);
    await eventually(() => area.locator("[aria-live]").innerText()).toContain(
      t("area.place", { left, top: top + 1, width, height }),
    );

    const code = await page.locator(".qr").boundingBox();
    if (!code) throw Error("not shown");
    const press = async (key: string, far: () => Promise<boolean>) => {
      for (let presses = 0; presses < 200 && (await far()); presses++) await area.keyboard.press(key);
    };
    await press("ArrowUp", async () => ((await place())[1] ?? 0) > code.y - 4);
    await press("ArrowLeft", async () => ((await place())[0] ?? 0) > code.x - 4);
    await press("Shift+ArrowLeft", async () => ((await place())[2] ?? 0) > code.width + 32);
    await press("Shift+ArrowUp", async () => ((await place())[3] ?? 0) > code.height + 32);
    const fitting = await area.locator(".area-picture").boundingBox();
    await area.keyboard.press("+");
    const zoomed = await area.locator(".area-picture").boundingBox();
    expect(zoomed?.width).toBeCloseTo((fitting?.width ?? 0) * 1.5, -1);
    const view = await area.locator(".area-view").boundingBox();
    const shown = await frame.boundingBox();
    expect(shown && view && shown.x >= view.x - 1 && shown.x + shown.width <= view.x + view.width + 1).toBe(
      true,
    );
    await area.keyboard.press("Enter");
    expect(await drafts(area)).toEqual(["alice+keys@example.com"]);
    await area.getByRole("button", { name: /^Keep/ }).and(area.locator(":focus")).waitFor();
    await area.keyboard.press("Enter");
    await area
      .getByText(t("keep.done", { name: "Practice site" }))
      .or(area.locator(".big-glyph"))
      .first()
      .waitFor();
  });
});
