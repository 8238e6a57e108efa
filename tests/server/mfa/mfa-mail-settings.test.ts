import { describe, expect, test } from "vitest";
import { mailSettings } from "../../../server/mfa/mailer.ts";
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

  test("that name a file which isn't there say which", () => {
    const passwordFile = "/nowhere/password";
    expect(() => mailerWith({ user: "codes", passwordFile })).toThrow(`${passwordFile} can't be read`);
  });
});
