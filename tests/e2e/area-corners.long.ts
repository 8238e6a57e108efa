import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { openArea } from "./steps/area.ts";
import { startScan } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { wordsIn } from "./words.ts";

/** The corners of choosing an area: leaving it, coming to it, seeing it again. */
const { t } = wordsIn("en");
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

describe("Escape", () => {
  test("takes back a frame that is being drawn, and closes the window when there is none", async () => {
    const area = await openArea(
      stage,
      await stage.openEnrolment("png", { account: "alice+escape@example.com" }),
    );
    const frame = area.locator(".area-frame");
    const before = await frame.getAttribute("style");
    const picture = await area.locator(".area-picture").boundingBox();
    const [x, y] = [(picture?.x ?? 0) + 20, (picture?.y ?? 0) + 20];
    await area.mouse.move(x, y);
    await area.mouse.down();
    await area.mouse.move(x + 120, y + 90);
    await eventually(() => frame.getAttribute("style")).not.toBe(before);
    await area.keyboard.press("Escape");
    await eventually(() => frame.getAttribute("style")).toBe(before);
    await area.mouse.up();
    expect(await area.getByRole("button", { name: t("area.read"), exact: true }).isEnabled()).toBe(true);
    const closed = area.waitForEvent("close");
    // The key's going down closes it: its coming up finds nobody.
    await area.keyboard.press("Escape").catch(() => {});
    await closed;
  });
});

describe("a code that the whole page's scan could not read", () => {
  test("leads to the area from the explanation, and is read there", async () => {
    const page = await stage.openEnrolment("cross-origin-image", { account: "alice+tiny@example.com" });
    // Less than a pixel for each of its squares, and the picture's own pixels belong to another site.
    await page.addStyleTag({ content: "img.qr { width: 36px; height: 36px }" });
    const popup = await stage.browser.pressAction(page);
    await startScan(popup);
    await popup.getByRole("alert").waitFor({ timeout: 20_000 });
    const opened = stage.browser.context.waitForEvent("page", (shown) => shown.url().includes("#/area"));
    await popup.getByRole("button", { name: t("scan-next.choose-area") }).click();
    const area = await opened;
    await area.locator(".area-frame").waitFor();
  });
});

describe("the picture of the page", () => {
  test("stays in the shade around the frame where the system chooses the colours", async () => {
    const area = await openArea(
      stage,
      await stage.openEnrolment("png", { account: "alice+shade@example.com" }),
    );
    await area.emulateMedia({ forcedColors: "active" });
    expect(
      await area.locator(".area-frame").evaluate((frame) => getComputedStyle(frame).boxShadow),
    ).toContain("9999px");
    await area.close();
  });

  test("is shown once: loading the window again says that it is gone", async () => {
    const area = await openArea(
      stage,
      await stage.openEnrolment("png", { account: "alice+once@example.com" }),
    );
    await area.reload();
    await area.getByText(t("area.gone")).waitFor();
    expect(await area.locator("img").count()).toBe(0);
  });
});
