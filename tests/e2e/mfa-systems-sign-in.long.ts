import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { scanAndKeep } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import {
  codeIn,
  fillCode,
  nextCode,
  openSetUp,
  openSystem,
  openVerify,
  press,
  setUpSlowly,
  verifyByFill,
  WALKS,
  walkOfBob,
} from "./steps/systems.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

describe("a factor that was set up with the code filled in", () => {
  test.each(WALKS)(
    "is asked for by $system at the next sign-in, and its next code accepted",
    async (walk) => {
      const page = await openSetUp(stage, walk);
      await scanAndKeep(stage.browser, page);
      await fillCode(stage, page, walk);
      expect(await press(page, walk.confirm)).toBe("accepted");

      await nextCode();
      const signIn = await openVerify(stage, walk);
      await stage.browser.picture(signIn, `mfa-${walk.system}-sign-in`);
      expect(await verifyByFill(stage, signIn, walk)).toBe("accepted");
    },
  );

  test("signs in to Supabase at the higher level, by a code that is good once", async () => {
    const walk = walkOfBob("supabase");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk);
    await fillCode(stage, page, walk);
    const code = await codeIn(page);
    expect(await press(page, walk.verify)).toBe("accepted");
    expect(await page.locator("body").getAttribute("data-level")).toBe("aal2");

    const again = await openVerify(stage, walk);
    await fillCode(stage, again, walk);
    // In the next step it is another one.
    const expected = (await codeIn(again)) === code ? "refused: mfa_verification_failed" : "accepted";
    expect(await press(again, walk.verify)).toBe(expected);
  });
});

describe("a factor that was set up, and no code entered", () => {
  test.each(WALKS)("is not asked for by $system", async (walk) => {
    const bob = walkOfBob(walk.system, "+none");
    await openSetUp(stage, bob);
    const signIn = await openSystem(stage, bob, bob.signInPage);
    await signIn.locator("[type=password]").fill("practice");
    expect(await press(signIn, bob.signIn)).toBe("accepted");
  });
});
