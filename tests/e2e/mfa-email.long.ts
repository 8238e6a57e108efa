import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MailServer, readMail, receiveMail } from "../server/mfa/mail-server.ts";
import { LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import type { FactorSteps } from "./steps/factors.ts";
import { makeGroup } from "./steps/groups.ts";
import { type Line, type LineState, layLine } from "./steps/line.ts";
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

/** Codes by mail, as somebody sets them up and signs in with them: a real mail server, at the end of a line that breaks. */
const EMAIL = "alice@example.com";
const MASKED = "a•••@example.com";
const KIND = { en: "Code by e-mail", "zh-CN": "邮件验证码" } as const;
const MINUTE_MS = 60_000;
const BROKEN: readonly (readonly [string, LineState])[] = [
  ["can't be reached", "cut"],
  ["says nothing", "silent"],
  ["takes no mail", { says: "550 5.7.1 alice@example.com is not welcome here\r\n" }],
];

describe.for(LANGUAGES)("in %s, a code by mail", (language) => {
  const kind = KIND[language as keyof typeof KIND];
  let post: MailServer;
  let line: Line;
  let server: TeamServer;
  let alice: FactorSteps;

  beforeAll(async () => {
    post = await receiveMail();
    line = await layLine(post.port);
    server = await startTeamServer(undefined, {
      modules: [{ kind: "totp" }, { kind: "email" }, { kind: "recovery" }],
      mail: { host: "127.0.0.1", port: line.port, tls: "none", from: "codes@example.com", seconds: 3 },
    });
    alice = await newPerson(server, { email: EMAIL, code: server.code, language });
  });
  afterAll(async () => {
    await alice?.browser.close();
    await server?.stop();
    await line?.close();
    await post?.close();
  });

  const mails = () =>
    post.mails.map(({ to, raw }) => {
      const { headers, text } = readMail(raw);
      const code = /^ {4}(\d{6})$/m.exec(text)?.[1] ?? null;
      return { to: to.join(), said: `${headers.get("subject")}\n${text}`, code };
    });
  const codes = () => mails().flatMap(({ code }) => code ?? []);
  const notices = () => mails().filter(({ code }) => code === null);
  /** The code that comes when so many have come before. */
  const codeAfter = async (count: number) => {
    await eventually(() => codes().length).toBe(count + 1);
    return codes()[count] ?? "";
  };
  /** The notice that comes when so many have come before: to the address, in the person's language and no other. */
  const noticeAfter = async (count: number) => {
    await eventually(() => notices().length).toBe(count + 1);
    const { to, said } = notices()[count] ?? { to: "", said: "" };
    expect(to).toBe(EMAIL);
    expect([/[一-鿿]/.test(said), /second factor/.test(said)]).toEqual(
      language === "en" ? [false, true] : [true, false],
    );
    return said;
  };

  test("is set up with the code that arrives, and told by mail", async () => {
    const { page, t, button, setUpButton } = alice;
    await alice.openFactors();
    await setUpButton(kind).click();
    const code = await codeAfter(0);
    await reads(alice, MASKED);
    await eventually(() => codeField(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await alice.look("mfa-email-begun");
    await typeCode(alice, wrongFor(code));
    await reads(alice, t("factors.refused.wrong-code"));
    expect(await codeField(page).getAttribute("aria-invalid")).toBe("true");
    await alice.look("mfa-email-wrong");
    // As some people type it, and as a Chinese keyboard gives it.
    const wide = code.replace(/\d/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10));
    await typeCode(alice, `${wide.slice(0, 3)} ${wide.slice(3)}`);
    await reads(alice, t("factors.set-up.then-codes"));
    await listed(alice, kind).getByText(t("factors.weak.email")).waitFor();
    await alice.look("mfa-email-done");
    await button(t("factors.offer.skip")).click();
    expect(await noticeAfter(0)).toContain(kind);
  });

  test("lets in; another one is sent after half a minute, and the former is good no longer", async () => {
    const { page, t, tn, button } = alice;
    const before = codes().length;
    await signInToStep(alice);
    const former = await codeAfter(before);
    await reads(alice, MASKED);
    const again = page.getByRole("button", { disabled: true }).filter({ hasText: /\d/ });
    await again.waitFor();
    await alice.look("mfa-email-step");
    await typeCode(alice, wrongFor(former));
    await reads(alice, t("factors.refused.wrong-code"));
    await button(t("factors.set-up.again")).click({ timeout: 40_000 });
    const code = await codeAfter(before + 1);
    await button(t("factors.step.again-in", { time: tn("factors.time.seconds", 29) })).waitFor();
    if (code !== former) {
      await typeCode(alice, former);
      await reads(alice, t("factors.refused.wrong-code"));
    }
    await typeCode(alice, code);
    await alice.isIn();
  });

  test("that took too long is followed by another one, which is the one to type", async () => {
    const { t, button, host } = alice;
    const before = codes().length;
    await signInToStep(alice);
    const late = await codeAfter(before);
    await server.moveClock(11 * MINUTE_MS);
    await typeCode(alice, late);
    await reads(alice, t("factors.refused.sent-another"));
    await alice.look("mfa-email-late");
    await typeCode(alice, await codeAfter(before + 1));
    // The passphrase was given as long ago.
    await reads(alice, t("teams.refused.too-slow", { host }));
    await alice.look("mfa-email-too-slow");
    await button(t("teams.again.action")).click();
    await typeCode(alice, await codeAfter(before + 2));
    await alice.isIn();
  });

  test("is one of two ways in, and the other one is asked for where a mail is not enough", async () => {
    const { page, t, button, host, kinds } = alice;
    const told = notices().length;
    await alice.openFactors();
    await alice.setUpAuthenticator();
    await reads(alice, t("factors.is.strong"));
    expect(await noticeAfter(told)).toContain(kinds.totp);
    const before = codes().length;
    await signInToStep(alice);
    await button(t("factors.step.another")).click();
    await alice.look("mfa-email-which");
    await button(t("factors.step.use-named", { name: kind })).click();
    await typeCode(alice, await codeAfter(before));
    await alice.isIn();

    await makeGroup(page, "Cloud");
    await button(t("groups.invite")).click();
    await page.getByLabel(t("groups.invite-email")).fill("bob@example.com");
    await button(t("groups.invite-action")).click();
    await reads(alice, t("teams.refused.factor-needed", { host }));
    await page.getByLabel(kinds.code).waitFor();
    await reads(alice, t("factors.step.strong-only", { names: kind }));
    expect(await button(t("factors.step.another")).count()).toBe(0);
    await alice.look("mfa-email-step-up");
    await alice.giveCode();
    await page.locator(".invitation-text").waitFor();
    expect(codes()).toHaveLength(before + 1);
  });

  test.each(BROKEN)(
    "where the mail server %s says so; a retry works, and the other way in does",
    async (_how, broken) => {
      await server.moveClock(20 * MINUTE_MS);
      const came = { sent: () => codes().length, after: codeAfter };
      await signInWhileBroken(alice, kind, { line, broken }, came, async () => {
        if (broken === "cut") await alice.look("mfa-email-not-reached");
      });
    },
  );

  test("asked for again and again says how long to wait, and the other way in does not", async () => {
    const { page, t, button, kinds } = alice;
    const [waiting = ""] = t("factors.refused.wait", { time: "\n" }).split("\n");
    const wait = page.getByText(waiting.trim());
    await signInToStep(alice);
    for (let asked = 0; asked < 8; asked++) {
      await choose(alice, kind);
      await codeField(page).or(wait).first().waitFor();
      if (await wait.isVisible()) break;
      await button(t("action.cancel")).last().click();
      await button(t("teams.again.action")).click();
      await alice.title.waitFor();
    }
    await alice.look("mfa-email-wait");
    await choose(alice, kinds.totp);
    await alice.giveCode();
    await alice.isIn();
  });

  test("is removed once a strong factor was shown, and that is told by mail", async () => {
    const { page, t, button, kinds } = alice;
    await server.moveClock(20 * MINUTE_MS);
    const told = notices().length;
    await alice.openFactors();
    const remove = t("factors.remove-named", { name: kind });
    await button(remove).click();
    await button(remove).last().click();
    await alice.signIn();
    await page.getByLabel(kinds.code).waitFor();
    await alice.look("mfa-email-remove");
    await alice.giveCode();
    await reads(alice, t("factors.removed", { name: kind }));
    expect(await noticeAfter(told)).toContain(kind);
    await signInToStep(alice);
    expect(await button(t("factors.step.another")).count()).toBe(0);
  });
});
