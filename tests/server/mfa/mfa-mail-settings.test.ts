import { describe, expect, test } from "vitest";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { mailSettings } from "../../../server/mfa/notices/mailer.ts";
import { mailerWith } from "./mailer-with.ts";

describe("settings", () => {
  const GOOD = { host: "mail.example.com", from: "codes@example.com" };

  test("are encrypted, at the usual port and within a quarter of a minute, unless they say otherwise", () => {
    expect(mailSettings.parse(GOOD)).toEqual({ ...GOOD, tls: "starttls", seconds: 15 });
  });

  test.each([
    ["no host", { host: undefined }, "host"],
    ["a host with a line break", { host: "mail\r\nexample" }, "must be the name of a mail server"],
    ["a port that there is none of", { port: 70_000 }, "port"],
    ["a slip of the pen", { pasword: "x" }, "pasword"],
    ["two senders", { from: "a@example.com, b@example.com" }, "must be an address"],
    ["a sender with a header in it", { from: "A\r\nBcc: eve <a@example.com>" }, "must be an address"],
    ["another computer without encryption", { tls: "none" }, "on this computer alone"],
    ["a user without a password", { user: "codes" }, "give both or none"],
    ["a password without a user", { password: "x" }, "give both or none"],
    ["two passwords", { user: "codes", password: "x", passwordFile: "y" }, "either the password or its file"],
  ])("with %s are refused, and what is wrong is named", (_what, wrong, message) => {
    const parsed = mailSettings.safeParse({ ...GOOD, ...wrong });
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });

  test("stand in mfa.json beside the modules, and their mistakes are named with all others", () => {
    const config = (said: object) => parseMfaConfig(JSON.stringify(said));
    expect(config({ mail: GOOD })).toMatchObject({ ok: true, value: { mail: GOOD } });
    expect(config({})).toMatchObject({ ok: true, value: { mail: null } });
    const wrong = config({ graceDays: -1, mail: { ...GOOD, tls: "none" }, modules: [{ kind: "e-mail" }] });
    expect(wrong).toMatchObject({
      ok: false,
      error: [
        expect.stringContaining("graceDays"),
        'mail.tls: "none" is for a mail server on this computer alone',
        expect.stringContaining('there is no kind "e-mail"'),
      ],
    });
  });

  test("that name a file which isn't there say which", () => {
    const passwordFile = "/nowhere/password";
    expect(() => mailerWith({ user: "codes", passwordFile })).toThrow(`${passwordFile} can't be read`);
  });
});
