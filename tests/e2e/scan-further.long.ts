import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { en } from "../../extension/ui/messages/en.ts";
import { eventually } from "./eventually.ts";
import { shownDrafts, startScan } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

/** What lies outside the view: the page is scrolled to it, and is afterwards exactly as it was. */
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.clearTabs());

/** Where everything on the page that scrolls stands. */
const places = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".scroller")].map((element) => [
      element.scrollLeft,
      element.scrollTop,
    ]),
  );

/** Puts the picture of another site deep into boxes that scroll, on a page that scrolls smoothly, all of them moved a bit. */
async function openFarPicture(variant: string, account: string): Promise<Page> {
  const page = await stage.openEnrolment(variant, { account });
  await page.addStyleTag({
    content: `html, .scroller { scroll-behavior: smooth }
      .scroller { overflow: auto; width: 420px; height: 300px; margin-top: 1800px; border: 1px solid }
      .scroller .scroller { margin: 900px 0 0 500px }
      .space { width: 1400px; height: 2600px; padding: 700px 0 0 600px }
      main { padding-bottom: 2500px }`,
  });
  await page.evaluate(() => {
    const outer = document.createElement("div");
    const inner = document.createElement("div");
    const space = document.createElement("div");
    [outer.className, inner.className, space.className] = ["scroller", "scroller", "space"];
    const picture = document.querySelector(".picture");
    if (picture) space.append(picture);
    inner.append(space);
    outer.append(inner);
    document.querySelector("main")?.append(outer);
    for (const [element, left, top] of [
      [document.documentElement, 0, 37],
      [outer, 11, 23],
      [inner, 7, 5],
    ] as const)
      element.scrollTo({ left, top, behavior: "instant" });
  });
  return page;
}

/** Pictures of another site that are no codes, far apart, so that looking at all of them takes seconds. */
async function openManyPictures(): Promise<Page> {
  const page = await stage.openEnrolment("no-code");
  await page.evaluate((origin) => {
    for (let number = 0; number < 9; number++) {
      const image = new Image(180, 180);
      image.style.cssText = "display: block; margin: 1500px 0 0 40px";
      image.src = `${origin}/favicon.ico?${number}`;
      document.querySelector("main")?.append(image);
    }
    document.documentElement.scrollTo({ top: 61, behavior: "instant" });
  }, stage.site.otherOrigin);
  return page;
}

async function startFurtherScan(page: Page): Promise<Page> {
  const popup = await stage.browser.pressAction(page);
  await startScan(popup);
  await eventually(() => page.evaluate(() => scrollY > 600)).toBe(true);
  return popup;
}

/** A scan that goes further takes several pictures after the first, one or two a second. */
const ended = (popup: Page) => popup.locator(".draft, [role=alert]").first().waitFor({ timeout: 45_000 });

describe("a code that nothing but a picture can show, out of sight", () => {
  test.each(["cross-origin-image", "cross-origin-frame"])(
    "is found (%s), and all stands where it stood",
    async (variant) => {
      const account = `alice+far+${variant}@example.com`;
      const page = await openFarPicture(variant, account);
      const before = await places(page);
      expect(before).toEqual([
        [0, 37],
        [11, 23],
        [7, 5],
      ]);
      const popup = await stage.browser.pressAction(page);
      await startScan(popup);
      await ended(popup);
      expect(await popup.getByRole("alert").allInnerTexts()).toEqual([]);
      expect((await shownDrafts(popup)).map((draft) => draft.account)).toEqual([account]);
      expect(await places(page)).toEqual(before);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe(
        "smooth",
      );
    },
  );
});

describe("a page on which nothing is found", () => {
  test("says how far it has come, tries no more than it may, and leaves the page as it was", async () => {
    const page = await openManyPictures();
    const popup = await startFurtherScan(page);
    await popup.getByText(/Looking at what is further away: \d of 6/).waitFor();
    await popup.getByText(en["scan.further-why"]).waitFor();
    await ended(popup);
    expect(await popup.getByRole("alert").innerText()).toContain(en["scan.nothing-found"]);
    expect(await places(page)).toEqual([[0, 61]]);
  });

  test("goes back at once when it is cancelled", async () => {
    const page = await openManyPictures();
    const popup = await startFurtherScan(page);
    await popup.getByRole("button", { name: en["action.cancel"] }).click();
    await eventually(() => places(page)).toEqual([[0, 61]]);
  });

  test("goes back by itself when the popup is closed in the middle", async () => {
    const page = await openManyPictures();
    const popup = await startFurtherScan(page);
    await popup.close();
    await eventually(() => places(page)).toEqual([[0, 61]]);
  });

  test("goes back at once when the person turns the wheel, and is theirs from there", async () => {
    const page = await openManyPictures();
    const popup = await startFurtherScan(page);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 0);
    await eventually(() => places(page)).toEqual([[0, 61]]);
    await ended(popup);
    expect(await places(page)).toEqual([[0, 61]]);
  });
});
