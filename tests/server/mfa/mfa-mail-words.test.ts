import { describe, expect, test } from "vitest";
import {
  chooseLetter,
  type FactorChange,
  lettersOfChange,
  lettersOfCode,
} from "../../../server/mfa/notices/mail-words.ts";

const HOST = "codes.example.com";
const AT = Date.UTC(2026, 10, 28, 11, 5);
const kind = { en: "Passkey or security key", "zh-CN": "通行密钥或安全密钥" };

const CHANGES: readonly FactorChange[] = [
  { what: "added", kind },
  { what: "removed", kind },
  { what: "renamed", kind },
  { what: "fresh-codes" },
  { what: "codes-left", left: 2 },
  { what: "codes-left", left: 1 },
  { what: "codes-left", left: 0 },
  { what: "reset-asked", dueAt: AT + 72 * 60 * 60_000 },
  { what: "guessed" },
  { what: "reset-cancelled" },
  { what: "reset-by-kit" },
  { what: "reset-by-administrator" },
  { what: "address-changed" },
];

describe.each(CHANGES)("the mail about $what", (change) => {
  const letters = lettersOfChange(HOST, change, AT);

  test("says in either language what happened where and when, and what to do", () => {
    expect(letters.en.text).toContain("28 November 2026 at 11:05 (UTC)");
    expect(letters["zh-CN"].text).toContain("2026年11月28日 11:05 (UTC)");
    for (const { subject, text } of Object.values(letters)) {
      expect(subject).toContain(HOST);
      expect(text).toContain(HOST);
      expect(text.split("\n\n")).toHaveLength(2);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object|https?:/);
    }
    expect(letters.en.text).toContain("If ");
    expect(letters["zh-CN"].text).toContain("如果");
  });

  test("is short", () => {
    expect(letters.en.text.length).toBeLessThan(600);
    expect(letters["zh-CN"].text.length).toBeLessThan(250);
  });
});

test("a kind is named in the language of the mail", () => {
  const letters = lettersOfChange(HOST, { what: "added", kind }, AT);
  expect(letters.en.text).toContain("Passkey or security key");
  expect(letters["zh-CN"].text).toContain("通行密钥或安全密钥");
});

test("when all factors go is said", () => {
  const letters = lettersOfChange(HOST, { what: "reset-asked", dueAt: AT + 72 * 60 * 60_000 }, AT);
  expect(letters.en.text).toContain("1 December 2026 at 11:05");
  expect(letters["zh-CN"].text).toContain("2026年12月1日 11:05");
  // It does not happen by itself.
  expect(letters.en.text).toContain("end it with your recovery kit");
  expect(letters["zh-CN"].text).toContain("用恢复密钥完成移除");
});

test("how many recovery codes are left is said as it is counted", () => {
  const subjects = [2, 1, 0].map(
    (left) => lettersOfChange(HOST, { what: "codes-left", left }, AT).en.subject,
  );
  expect(subjects).toEqual([
    `2 recovery codes are left at ${HOST}`,
    `1 recovery code is left at ${HOST}`,
    `No recovery codes are left at ${HOST}`,
  ]);
});

describe("the language of a mail", () => {
  const letters = lettersOfCode(HOST, "481516", 10);

  test.each([
    [["en"], "en"],
    [["en-GB", "zh-CN"], "en"],
    [["zh-CN"], "zh-CN"],
    [["zh-Hant-TW", "en"], "zh-CN"],
    [["fr", "ZH"], "zh-CN"],
  ] as const)("for somebody who reads %j is %s", (languages, language) => {
    expect(chooseLetter(letters, languages)).toEqual(letters[language]);
  });

  test.each([[[]], [["fr", "de"]], [["english"]]])(
    "for somebody who reads %j is every one of ours",
    (languages) => {
      const { subject, text } = chooseLetter(letters, languages);
      expect(subject).toBe(`Your code for ${HOST} / ${HOST} 的验证码`);
      expect(text).toContain(letters.en.text);
      expect(text).toContain(letters["zh-CN"].text);
    },
  );
});

test("the code is in the text, on a line of its own, and never in the subject", () => {
  for (const { subject, text } of Object.values(lettersOfCode(HOST, "481516", 10))) {
    expect(subject).not.toContain("481516");
    expect(text).toMatch(/^ {4}481516$/m);
  }
});
