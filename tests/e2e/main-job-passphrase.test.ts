import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillByEnter, filledAndClosed, submit } from "./steps/fill.ts";
import { scanAndKeep } from "./steps/keep.ts";
import { scanEnded, scanPage } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

const PASSPHRASE = "four harbours under rain";
const ACCOUNT = "alice@example.com";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

describe("the main job under a passphrase", () => {
  test("the first account leads through the question for one, and signs in", async () => {
    const enrolment = await stage.openEnrolment("png", { account: ACCOUNT });
    await scanAndKeep(stage.browser, enrolment, { passphrase: PASSPHRASE });
    const signIn = await stage.openSignIn("single", ACCOUNT);
    await fillByEnter(stage.browser, signIn);
    expect(await submit(signIn)).toBe("accepted");
  });

  test("a fill on a locked vault goes on after unlocking", async () => {
    const account = "bob@example.com";
    await scanAndKeep(stage.browser, await stage.openEnrolment("png", { account }));
    const signIn = await stage.openSignIn("single", account);
    const popup = await stage.browser.pressAction(signIn);
    await popup.getByRole("grid").waitFor();
    await popup.keyboard.press("Alt+l");
    await popup.getByText("You locked it.").waitFor();
    expect(await popup.locator(".code").count()).toBe(0);

    await popup.getByLabel("Passphrase").fill("four harbours under sun");
    await popup.getByRole("button", { name: "Unlock" }).click();
    await popup.getByText("That is not the passphrase. Nothing was changed.").waitFor({ timeout: 20_000 });
    await popup.getByLabel("Passphrase").fill(PASSPHRASE);
    await popup.getByRole("button", { name: "Unlock" }).click();
    await popup.getByRole("grid").waitFor({ timeout: 20_000 });
    await popup.getByRole("combobox").fill(account);
    await popup.keyboard.press("Enter");
    await filledAndClosed(popup);
    expect(await submit(signIn)).toBe("accepted");
  });

  test("a scan finds its account again and names it as here already", async () => {
    const account = "bob+again@example.com";
    const enrolment = await stage.openEnrolment("png", { account });
    await scanAndKeep(stage.browser, enrolment);
    const popup = await scanPage(stage.browser, enrolment);
    await scanEnded(popup);
    await popup.getByText(`Here already: Harbour, ${account}`).waitFor();
    await popup.getByRole("button", { name: "Keep a second one" }).waitFor();
  });
});
