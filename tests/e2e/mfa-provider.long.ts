import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "./axe.ts";
import {
  type CompanySystem,
  IDENTIFIER,
  providerAt,
  SYSTEM_NAME,
  startCompanySystem,
} from "./steps/company-system.ts";
import type { FactorSteps } from "./steps/factors.ts";
import { makeGroup } from "./steps/groups.ts";
import { answering, type Line, type LineState, layLine } from "./steps/line.ts";
import {
  choose,
  codeField,
  listed,
  newPerson,
  reads,
  signInToStep,
  signInWhileBroken,
  typeCode,
  wrongFor,
} from "./steps/second-factor.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";

/** A company's own system, written to ONES' functions, in a process of its own at the end of a line that breaks. */
const ON_A_COMPUTER = "请在电脑端绑定 (Please bind on a computer)";
const BROKEN: readonly (readonly [string, LineState])[] = [
  ["can't be reached", "cut"],
  ["says nothing", "silent"],
  ["says something else", answering("200 OK", '{"code":"200"}')],
];

describe.for(LANGUAGES)("in %s, a company's own system", (language) => {
  const name = SYSTEM_NAME[language as keyof typeof SYSTEM_NAME];
  let ones: CompanySystem;
  let phone: CompanySystem;
  let line: Line;
  let server: TeamServer;
  let alice: FactorSteps;

  beforeAll(async () => {
    [ones, phone] = await Promise.all([startCompanySystem(), startCompanySystem("h5")]);
    line = await layLine(Number(new URL(ones.origin).port));
    server = await startTeamServer(undefined, {
      modules: [
        providerAt(`http://127.0.0.1:${line.port}`),
        providerAt(phone.origin, { id: "provider-phone" }),
        { kind: "totp" },
      ],
    });
    alice = await newPerson(server, { email: "alice@example.com", code: server.code, language });
  });
  afterAll(async () => {
    await alice?.browser.close();
    await server?.stop();
    await line?.close();
    await Promise.all([ones?.stop(), phone?.stop()]);
  });

  const setsUp = (module: string) => alice.page.locator(`[data-sets-up=${module}]`);
  const identifierField = () => alice.page.getByLabel(IDENTIFIER[language as keyof typeof IDENTIFIER]);

  test("is called what it says, and binds with what it knows the person by and its code", async () => {
    const { t, host } = alice;
    await alice.openFactors();
    await setsUp("provider").waitFor();
    expect(await setsUp("provider").getAttribute("aria-label")).toBe(
      t("factors.set-up.named", { kind: name }),
    );
    await alice.look("mfa-provider-kinds");
    await setsUp("provider").click();
    await identifierField().fill("my phone");
    await identifierField().press("Enter");
    await reads(alice, "手机号码格式不正确");
    expect(await identifierField().getAttribute("aria-invalid")).toBe("true");
    await alice.look("mfa-provider-no-number");
    await identifierField().fill("+8613800000002");
    await identifierField().press("Enter");
    const code = await ones.codeAfter(0);
    await reads(alice, "*0002");
    await alice.look("mfa-provider-begun");
    await typeCode(alice, wrongFor(code));
    await reads(alice, "验证码错误或已过期");
    await alice.look("mfa-provider-no");
    await typeCode(alice, code);
    await reads(alice, t("factors.set-up.done", { name, host }));
    expect((await ones.calls("bind")).at(-1)?.body).toMatchObject({
      external_id: "alice@example.com",
      identifier: "+8613800000002",
      languages: [language],
    });
    await listed(alice, name).getByText(t("factors.weak.unknown")).waitFor();
  });

  test("that refuses on its phone's page says so in its own words, and nothing stays of it", async () => {
    const { page, t, button } = alice;
    await setsUp("provider-phone").click();
    await identifierField().fill("+8613800000002");
    await identifierField().press("Enter");
    await typeCode(alice, await phone.codeAfter(0));
    await reads(alice, ON_A_COMPUTER);
    await alice.look("mfa-provider-phone");
    const gone = page.waitForResponse((response) => response.url().includes("mfa.unenroll"));
    await button(t("action.cancel")).click();
    await gone;
    await alice.openFactors();
    await listed(alice, name).waitFor();
    expect(await page.locator("section[aria-labelledby=factors] li").count()).toBe(1);
  });

  test("lets in by a code that it checks, once", async () => {
    const { t } = alice;
    const before = await ones.countSent();
    await signInToStep(alice);
    const code = await ones.codeAfter(before);
    await reads(alice, "*0002");
    await alice.look("mfa-provider-step");
    await typeCode(alice, wrongFor(code));
    await reads(alice, t("factors.refused.wrong-code"));
    await typeCode(alice, code);
    await alice.isIn();
    expect((await ones.calls("isCodeValid")).length).toBeGreaterThanOrEqual(2);
  });

  test("with an authenticator beside it is not enough to let people in", async () => {
    const { page, t, button, host } = alice;
    await alice.openFactors();
    await alice.setUpAuthenticator();
    await reads(alice, t("factors.is.strong"));
    const before = await ones.countSent();
    await signInToStep(alice);
    await choose(alice, name);
    await typeCode(alice, await ones.codeAfter(before));
    await alice.isIn();
    await makeGroup(page, "Cloud");
    await button(t("groups.invite")).click();
    await page.getByLabel(t("groups.invite-email")).fill("bob@example.com");
    await button(t("groups.invite-action")).click();
    await reads(alice, t("teams.refused.factor-needed", { host }));
    await reads(alice, t("factors.step.strong-only", { names: name }));
    await alice.giveCode();
    await page.locator(".invitation-text").waitFor();
    await button(t("groups.code.done")).click();
  });

  test.each(BROKEN)(
    "that %s when it is to send is said; a retry works, and the other way in does",
    async (_how, broken) => {
      await ones.later(server);
      const came = { sent: () => ones.countSent(), after: (count: number) => ones.codeAfter(count) };
      await signInWhileBroken(alice, name, { line, broken }, came);
    },
  );

  test("that breaks when it is to check leaves what was typed, and takes it afterwards", async () => {
    const { page, t, host } = alice;
    await ones.later(server);
    const before = await ones.countSent();
    await signInToStep(alice);
    await choose(alice, name);
    const code = await ones.codeAfter(before);
    for (const broken of BROKEN.map(([, state]) => state)) {
      line.is = broken;
      await typeCode(alice, code);
      await reads(alice, t("factors.refused.not-reached", { host }));
      expect(await codeField(page).inputValue()).toBe(code);
    }
    await alice.look("mfa-provider-check-not-reached");
    line.is = "whole";
    await typeCode(alice, code);
    await alice.isIn();
  });

  test("is removed once a strong one was shown, which is asked for right after the passphrase", async () => {
    const { page, t, button, host, kinds } = alice;
    await ones.later(server);
    const before = await ones.countSent();
    await alice.openFactors();
    await button(t("factors.remove-named", { name })).click();
    await button(t("factors.remove-named", { name })).last().click();
    await reads(alice, t("teams.refused.sign-in-again", { host }));
    await alice.signIn();
    await page.getByLabel(kinds.code).waitFor();
    await alice.giveCode();
    await reads(alice, t("factors.removed", { name }));
    expect(await ones.countSent()).toBe(before);
  });
});
