import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Beside, startBeside } from "../server/mfa/beside.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { type FactorSteps, factorSteps } from "./steps/factors.ts";
import { accept, inviteTo, makeGroup } from "./steps/groups.ts";
import { answering, type Line, type LineState, layLine } from "./steps/line.ts";
import {
  choose,
  listed,
  newPerson,
  reads,
  signInToStep,
  signInWhileBroken,
  typeCode,
  wrongFor,
} from "./steps/second-factor.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

/** Codes by text message, as somebody sets them up and signs in with them: a real gateway, at the end of a line that breaks. */
const BOB = "bob@example.com";
const KIND = { en: "Text message", "zh-CN": "短信验证码" } as const;
const MINUTE_MS = 60_000;
const BROKEN: readonly (readonly [string, LineState])[] = [
  ["can't be reached", "cut"],
  ["says nothing", "silent"],
  ["says that it sent nothing", answering("200 OK", '{"result":{"code":1001}}')],
  ["leads elsewhere", answering("302 Found\r\nLocation: /elsewhere", "")],
];

describe.for(LANGUAGES)("in %s, a code by text message", (language) => {
  const kind = KIND[language as keyof typeof KIND];
  let gateway: Beside;
  let line: Line;
  let server: TeamServer;
  let alice: FactorSteps;
  let bob: FactorSteps;
  let atBob: ExtensionBrowser;

  beforeAll(async () => {
    gateway = await startBeside("sms-gateway.ts");
    line = await layLine(Number(new URL(gateway.origin).port));
    server = await startTeamServer(undefined, factors());
    alice = await newPerson(server, { email: "alice@example.com", code: server.code, language });
    atBob = await steps.launch({ language });
  });
  afterAll(async () => {
    await alice?.browser.close();
    await atBob?.close();
    await server?.stop();
    await line?.close();
    await gateway?.stop();
  });

  const factors = () => ({
    recommended: "sms",
    modules: [
      {
        kind: "sms",
        url: `http://127.0.0.1:${line.port}/v2/send`,
        headers: { "X-Api-Key": "key", "Content-Type": "application/json" },
        body: '{"mobile":"{number}","params":["{code}"]}',
        sentWhen: { field: "result.code", is: ["0"] },
        allow: ["127.0.0.1"],
      },
      { kind: "totp" },
    ],
  });
  const sent = () => gateway.ask<{ readonly to: string; readonly text: string }[]>("/messages");
  /** The code that comes when so many have come before. */
  const codeAfter = async (count: number) => {
    await eventually(async () => (await sent()).length).toBe(count + 1);
    return (await sent())[count]?.text ?? "";
  };

  test("is set up with a number, and a wrong one is said at its field", async () => {
    const { page, t, setUpButton, host } = alice;
    await alice.openFactors();
    await setUpButton(kind).click();
    const number = page.locator("input[autocomplete=tel]");
    await number.fill("555 0100");
    await number.press("Enter");
    await reads(alice, t("factors.refused.malformed", { host }));
    expect(await number.getAttribute("aria-invalid")).toBe("true");
    const described = await number.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described?.split(" ").at(-1)}"]`).innerText()).toBe(
      t("factors.refused.malformed", { host }),
    );
    await alice.look("mfa-sms-wrong-number");
    expect(await sent()).toEqual([]);
    line.is = "cut";
    await number.fill("+1 555 555 0100");
    await number.press("Enter");
    await reads(alice, t("factors.refused.not-reached", { host }));
    expect([await number.inputValue(), await number.getAttribute("aria-invalid")]).toEqual([
      "+1 555 555 0100",
      "false",
    ]);
    await alice.look("mfa-sms-not-reached");
    line.is = "whole";
    await number.press("Enter");
    const code = await codeAfter(0);
    await page.getByText(/•+.*00/).waitFor();
    await alice.look("mfa-sms-begun");
    await typeCode(alice, wrongFor(code));
    await reads(alice, t("factors.refused.wrong-code"));
    await typeCode(alice, code);
    await reads(alice, t("factors.set-up.done", { name: kind, host }));
    await listed(alice, kind).getByText(t("factors.weak.sms")).waitFor();
    expect(await listed(alice, kind).count()).toBe(1);
  });

  test("lets in, and to everything, as long as there is nothing stronger", async () => {
    const { page, t } = alice;
    const before = (await sent()).length;
    await signInToStep(alice);
    const code = await codeAfter(before);
    await alice.look("mfa-sms-step");
    await typeCode(alice, wrongFor(code));
    await reads(alice, t("factors.refused.wrong-code"));
    await typeCode(alice, `${code.slice(0, 3)}-${code.slice(3)}`);
    await alice.isIn();
    await makeGroup(page, "Cloud");
    const invitation = await inviteTo(page, BOB);
    await protectProfile(atBob, steps.PASSPHRASE);
    const tab = await atBob.openExtensionPage("page.html#/teams");
    tab.setDefaultTimeout(20_000);
    await contact(tab, invitation);
    await register(tab, BOB, steps.PASSPHRASE);
    await accept(tab, "alice@example.com");
    bob = factorSteps(atBob, tab, server, language);
  });

  test("lets nobody else in once there is something stronger: that is asked for, and then it goes on by itself", async () => {
    const { page, t, button, host } = alice;
    await alice.openFactors();
    await alice.setUpAuthenticator();
    await reads(alice, t("factors.is.strong"));
    const before = (await sent()).length;
    await signInToStep(alice);
    await choose(alice, kind);
    await typeCode(alice, await codeAfter(before));
    await alice.isIn();
    await page.getByRole("link", { name: "Cloud" }).first().click();
    await button(t("groups.accepted.let-in")).click();
    await reads(alice, t("teams.refused.factor-needed", { host }));
    await reads(alice, t("factors.step.strong-only", { names: kind }));
    await alice.look("mfa-sms-let-in");
    await alice.giveCode();
    await reads(alice, t("groups.accepted.in", { name: BOB, group: "Cloud" }));
  });

  test.each(BROKEN)(
    "where the gateway %s says so; a retry works, and the other way in does",
    async (_how, broken) => {
      await server.moveClock(20 * MINUTE_MS);
      const came = { sent: async () => (await sent()).length, after: codeAfter };
      await signInWhileBroken(alice, kind, { line, broken }, came);
    },
  );

  test("counts for nothing where the server counts strong ones only, and is offered to nobody there", async () => {
    const { page, t, button, host, kinds, setUpButton } = alice;
    await server.configure({ ...factors(), weakCountsForSignIn: false });
    await signInToStep(alice);
    await page.getByLabel(kinds.code).waitFor();
    expect(await button(t("factors.step.another")).count()).toBe(0);
    await alice.giveCode();
    await alice.isIn();
    await alice.openFactors();
    await reads(alice, t("factors.is.weak-uncounted", { host }));
    expect(await setUpButton(kind).count()).toBe(0);
    await alice.look("mfa-sms-uncounted");
    // It is the last one that counts, and goes only when it is said what follows.
    await button(t("factors.remove-named", { name: kinds.totp })).click();
    await reads(alice, t("factors.remove-last", { host }));
    await button(t("factors.remove-named", { name: kinds.totp }))
      .last()
      .click();
    await reads(alice, t("factors.removed", { name: kinds.totp }));
    await alice.openTeams();
    await reads(alice, t("factors.why-none-counts"));
    await alice.signOut();
    await alice.signIn();
    await alice.isIn();
  });

  test("is no way to begin with where the server wants one and counts strong ones only", async () => {
    const { t, setUpButton, host, kinds } = alice;
    await server.configure({ ...factors(), weakCountsForSignIn: false, required: "everybody", graceDays: 0 });
    await alice.signOut();
    await alice.signIn();
    await reads(alice, t("factors.step.first", { host }));
    await setUpButton(kinds.totp).waitFor();
    expect(await setUpButton(kind).count()).toBe(0);
    await alice.look("mfa-sms-first");
    await server.configure({ ...factors(), required: "everybody", graceDays: 0 });
  });

  test("is set up on the way in where the server wants one, and counts there from then on", async () => {
    const { page, t, setUpButton, host } = bob;
    const before = (await sent()).length;
    await bob.signOut();
    await bob.signIn();
    await setUpButton(kind).click();
    const number = page.locator("input[autocomplete=tel]");
    await number.fill("12");
    await number.press("Enter");
    await reads(bob, t("factors.refused.malformed", { host }));
    expect(await number.getAttribute("aria-invalid")).toBe("true");
    await bob.look("mfa-sms-first-number");
    await number.fill("+1 555 555 0101");
    await number.press("Enter");
    await typeCode(bob, await codeAfter(before));
    await bob.isIn();
  });
});
