import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Beside, startBeside } from "../server/mfa/beside.ts";
import { SECRET } from "../server/mfa/make-provider.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { type FactorSteps, factorSteps } from "./steps/factors.ts";
import { makeGroup } from "./steps/groups.ts";
import { type Line, type LineState, layLine } from "./steps/line.ts";
import {
  choose,
  codeField,
  listed,
  newPerson,
  reads,
  signInToStep,
  typeCode,
  wrongFor,
} from "./steps/second-factor.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

/** A company's own system, written to ONES' functions, in a process of its own at the end of a line that breaks. */
const BOB = "bob@example.com";
const EVE = "eve@example.com";
const NAME = { en: "SMS code", "zh-CN": "手机短信验证" } as const;
const PHONE_NAME = { en: "At the phone", "zh-CN": "手机端" } as const;
const IDENTIFIER = { en: "Staff phone", "zh-CN": "员工手机号" } as const;
const ON_A_COMPUTER = "请在电脑端绑定 (Please bind on a computer)";
const MINUTE_MS = 60_000;
const answers = (head: string, body: string) => ({
  says: `HTTP/1.1 ${head}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
});
const BROKEN: readonly (readonly [string, LineState])[] = [
  ["can't be reached", "cut"],
  ["says nothing", "silent"],
  ["says something else", answers("200 OK", '{"code":"200"}')],
];

type Call = { readonly name: string; readonly body: Readonly<Record<string, unknown>> };

describe.for(LANGUAGES)("in %s, a company's own system", (language) => {
  const of = language as keyof typeof NAME;
  const [name, identifier] = [NAME[of], IDENTIFIER[of]];
  let ones: Beside;
  let phone: Beside;
  let line: Line;
  let server: TeamServer;
  let alice: FactorSteps;
  let eve: FactorSteps;
  let atEve: ExtensionBrowser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-bound-"));
    [ones, phone] = await Promise.all([
      startBeside("ones-host.ts", SECRET),
      startBeside("ones-host.ts", SECRET, "h5"),
    ]);
    line = await layLine(Number(new URL(ones.origin).port));
    server = await startTeamServer(undefined, factors());
    alice = await newPerson(server, { email: "alice@example.com", code: server.code, language });
    atEve = await steps.launch({ language });
  });
  afterAll(async () => {
    await alice?.browser.close();
    await atEve?.close();
    await server?.stop();
    await line?.close();
    await Promise.all([ones?.stop(), phone?.stop()]);
    await rm(folder, { recursive: true });
  });

  const factors = () => {
    const both = { secret: SECRET, sendsCodes: true, externalId: "email", identifier: IDENTIFIER };
    const provider = { kind: "provider", ...both, allow: ["127.0.0.1"] };
    return {
      modules: [
        { ...provider, url: `http://127.0.0.1:${line.port}` },
        { ...provider, id: "provider-phone", url: phone.origin, names: PHONE_NAME },
        { kind: "totp" },
      ],
    };
  };
  const sent = (host: Beside = ones) =>
    host.ask<{ readonly to: string; readonly code: string }[]>("/messages");
  /** The code that comes when so many have come before. */
  const codeAfter = async (count: number, host: Beside = ones) => {
    await eventually(async () => (await sent(host)).length).toBe(count + 1);
    return (await sent(host))[count]?.code ?? "";
  };
  const calls = async (called: string) =>
    (await ones.ask<Call[]>("/calls")).filter((call) => call.name === called);
  /** So much later that codes may be sent again; the system outside lives at the same time. */
  const later = async () => {
    await server.moveClock(20 * MINUTE_MS);
    await ones.ask(`/ahead/${server.now() - Date.now()}`);
  };
  const setsUp = (module: string) => alice.page.locator(`[data-sets-up=${module}]`);
  const identifierField = () => alice.page.getByLabel(identifier);

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
    const code = await codeAfter(0);
    await reads(alice, "*0002");
    await alice.look("mfa-provider-begun");
    await typeCode(alice, wrongFor(code));
    await reads(alice, "验证码错误或已过期");
    await alice.look("mfa-provider-no");
    await typeCode(alice, code);
    await reads(alice, t("factors.set-up.done", { name, host }));
    expect((await calls("bind")).at(-1)?.body).toMatchObject({
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
    await typeCode(alice, await codeAfter(0, phone));
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
    const before = (await sent()).length;
    await signInToStep(alice);
    const code = await codeAfter(before);
    await reads(alice, "*0002");
    await alice.look("mfa-provider-step");
    await typeCode(alice, wrongFor(code));
    await reads(alice, t("factors.refused.wrong-code"));
    await typeCode(alice, code);
    await alice.isIn();
    expect((await calls("isCodeValid")).length).toBeGreaterThanOrEqual(2);
  });

  test("with an authenticator beside it is not enough to let people in", async () => {
    const { page, t, button, host } = alice;
    await alice.openFactors();
    await alice.setUpAuthenticator();
    await reads(alice, t("factors.is.strong"));
    const before = (await sent()).length;
    await signInToStep(alice);
    await choose(alice, name);
    await typeCode(alice, await codeAfter(before));
    await alice.isIn();
    await makeGroup(page, "Cloud");
    await button(t("groups.invite")).click();
    await page.getByLabel(t("groups.invite-email")).fill(BOB);
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
      const { t, button, host, kinds } = alice;
      await later();
      const before = (await sent()).length;
      line.is = broken;
      await signInToStep(alice);
      await choose(alice, name);
      await reads(alice, t("factors.refused.not-reached", { host }));
      line.is = "whole";
      if (broken === "silent") {
        await choose(alice, kinds.totp);
        await alice.giveCode();
      } else {
        await button(t("teams.retry")).click();
        await typeCode(alice, await codeAfter(before));
      }
      await alice.isIn();
    },
  );

  test("that breaks when it is to check leaves what was typed, and takes it afterwards", async () => {
    const { page, t, host } = alice;
    await later();
    const before = (await sent()).length;
    await signInToStep(alice);
    await choose(alice, name);
    const code = await codeAfter(before);
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

  /** Registers somebody else, whom the system knows already. */
  const newHere = async (email: string) => {
    const tab = await atEve.openExtensionPage("page.html#/teams");
    tab.setDefaultTimeout(8_000);
    await tab.setViewportSize({ width: 1280, height: 900 });
    const code = await server.anotherCode();
    await contact(tab, code);
    await register(tab, email, steps.PASSPHRASE);
    return factorSteps(atEve, tab, server, language);
  };

  test("is asked for at once where it says that somebody is bound there", async () => {
    await protectProfile(atEve, steps.PASSPHRASE);
    const before = (await sent()).length;
    eve = await newHere(EVE);
    const code = await codeAfter(before);
    await reads(eve, "*0003");
    await eve.look("mfa-provider-bound-before");
    await typeCode(eve, code);
    await eve.isIn();
    expect((await calls("isCodeValid")).at(-1)?.body).toMatchObject({ external_id: EVE });
    await eve.openFactors();
    await listed(eve, name).waitFor();
    await eve.look("mfa-provider-bound-list");
  });

  test("is asked for by another id after an import, which a dry run shows first", async () => {
    const file = join(folder, "people.csv");
    await writeFile(
      file,
      "email,external_id,organization,user,module\nalice@example.com,E-1001,acme,alice,provider\n",
    );
    const { t, button, kinds } = alice;
    await later();
    // Whoever is bound already is left alone: alice unbinds herself first.
    await alice.openFactors();
    await button(t("factors.remove-named", { name })).click();
    await button(t("factors.remove-named", { name })).last().click();
    await alice.signIn();
    await alice.page.getByLabel(kinds.code).waitFor();
    await alice.giveCode();
    await reads(alice, t("factors.removed", { name }));
    expect(await server.admin("import-bindings", file)).toContain("alice@example.com");
    await server.admin("import-bindings-now", file);
    const before = (await sent()).length;
    await signInToStep(alice);
    await choose(alice, name);
    const code = await codeAfter(before);
    await reads(alice, "*0001");
    await typeCode(alice, code);
    await alice.isIn();
    expect((await calls("isCodeValid")).at(-1)?.body).toMatchObject({
      external_id: "E-1001",
      accounts: [{ organization: "acme", user: "alice" }],
    });
  });
});
