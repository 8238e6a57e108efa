import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectedCodes } from "./steps/expected-code.ts";
import { scanEnded, startScan } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import {
  codeFields,
  codeIn,
  enterPassword,
  fillCode,
  fillInVain,
  openSystem,
  openVerify,
  press,
  setUpSlowly,
  verifyByFill,
  walkOfBob,
} from "./steps/systems.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

describe("Supabase", () => {
  test("a wrong code is refused, and the code filled over it counts for a new challenge", async () => {
    const walk = walkOfBob("supabase");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk);
    const right = expectedCodes(stage.site, `supabase/${walk.account}`);
    await codeFields(page).fill(right.includes("000000") ? "111111" : "000000");
    expect(await press(page, walk.verify)).toBe("refused: mfa_verification_failed");
    expect(await page.locator(".error").innerText()).toBe("Invalid TOTP code entered");
    await fillCode(stage, page, walk);
    expect(await press(page, walk.verify)).toBe("accepted");
    expect(await page.locator("body").getAttribute("data-level")).toBe("aal2");
  });

  test("a challenge that has expired uses no code up: the same one counts for the next challenge", async () => {
    const walk = walkOfBob("supabase", "+late");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk, { query: { challenge: "early", "challenge-seconds": "1" } });
    await fillCode(stage, page, walk);
    await page.waitForTimeout(1_000);
    expect(await press(page, walk.verify)).toBe("refused: mfa_challenge_expired");
    expect(await press(page, walk.verify)).toBe("accepted");
  });
});

describe("Authing", () => {
  test("a token that is too old leads back to the password, and uses no code up", async () => {
    const walk = walkOfBob("authing");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk, { query: { "mfa-token-seconds": "1" } });
    await page.waitForTimeout(1_000);
    expect(await verifyByFill(stage, page, walk)).toBe("refused: 登录已过期，请重新登录");
    expect(await page.locator("[type=password]").count()).toBe(1);
    const again = await openVerify(stage, walk);
    expect(await verifyByFill(stage, again, walk)).toBe("accepted");
  });

  test("the recovery code's field gets no code; a wrong recovery code is refused, the right one good once", async () => {
    const walk = walkOfBob("authing", "+lost");
    const setUp = await setUpSlowly(stage, walk);
    const recoveryCode = await setUp.getByTestId("recovery-code").innerText();

    const page = await openVerify(stage, walk);
    await page.getByRole("button", { name: "使用恢复代码" }).click();
    expect(await fillInVain(stage, page, walk)).toContain("recovery code");
    expect(await codeIn(page)).toBe("");
    await codeFields(page).fill("0000-0000-0000-0000-0000-0000");
    expect(await press(page, "确定")).toBe("refused: 恢复代码错误，请重新输入");
    await codeFields(page).fill(recoveryCode);
    expect(await press(page, "确定")).toBe("accepted");
    expect(await page.getByTestId("recovery-code").innerText()).not.toBe(recoveryCode);

    const again = await openVerify(stage, walk);
    await again.getByRole("button", { name: "使用恢复代码" }).click();
    await codeFields(again).fill(recoveryCode);
    expect(await press(again, "确定")).toBe("refused: 恢复代码错误，请重新输入");
  });
});

describe("Home Assistant", () => {
  test("a sign-in that took too long is begun anew, and the code is still good", async () => {
    const walk = walkOfBob("home-assistant");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk, { query: { "login-seconds": "2" } });
    await fillCode(stage, page, walk);
    await page.waitForTimeout(2_000);
    expect(await press(page, walk.verify)).toBe("refused: Session expired, please login again.");
    // What lives long again is what begins after this.
    await openSystem(stage, walk, walk.signInPage);
    await page.getByRole("button", { name: "Start over" }).click();
    await enterPassword(page, walk);
    await fillCode(stage, page, walk);
    expect(await press(page, walk.verify)).toBe("accepted");
  });
});

describe("ONES on a phone", () => {
  test("the page that binds says to use a computer, and shows nothing to scan or to fill", async () => {
    const walk = walkOfBob("ones");
    const page = await openSystem(stage, walk, "bind", { isPhone: true });
    expect(await page.locator("#app").innerText()).toContain("请在电脑端登录后绑定");
    expect(await codeFields(page).count()).toBe(0);
    const popup = await stage.browser.pressAction(page);
    await startScan(popup);
    await scanEnded(popup);
    expect(await popup.getByRole("alert").innerText()).toContain("Nothing here looks like a QR code.");
    expect(stage.site.enrolmentOf(`ones/${walk.account}`)).toBeUndefined();
  });

  test("the page that verifies takes the code, in its layout for phones", async () => {
    const walk = walkOfBob("ones", "+phone");
    await setUpSlowly(stage, walk);
    const page = await openVerify(stage, walk, { isPhone: true });
    expect(await page.locator("#app").getAttribute("data-layout")).toBe("h5");
    expect(await codeFields(page).getAttribute("placeholder")).toBe("请输入验证码");
    await stage.browser.picture(page, "mfa-ones-phone");
    await fillCode(stage, page, walk);
    expect(await press(page, "确定")).toBe("accepted");
  });

  test.each([false, true])(
    "a page of the same look for a code by SMS gets none (phone: %s)",
    async (isPhone) => {
      const walk = walkOfBob("ones", `+sms${isPhone}`);
      await setUpSlowly(stage, walk);
      const page = await openSystem(stage, walk, "sms", { isPhone });
      await enterPassword(page, walk);
      expect(await codeFields(page).getAttribute("placeholder")).toBe("请输入验证码");
      expect(await fillInVain(stage, page, walk)).toContain("sent to you, by SMS");
      expect(await codeIn(page)).toBe("");
    },
  );
});
