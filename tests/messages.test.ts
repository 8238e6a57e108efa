import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BACKUP_MESSAGES } from "../extension/ui/messages/backup.ts";
import { en } from "../extension/ui/messages/en.ts";
import { EXPORT_MESSAGES } from "../extension/ui/messages/export.ts";
import { IMPORT_MESSAGES } from "../extension/ui/messages/import.ts";
import { TEAM_MESSAGES } from "../extension/ui/messages/teams.ts";
import { zhCN } from "../extension/ui/messages/zh-CN.ts";
import { listFiles, ROOT, readSources } from "./support/source-files.ts";

const english: Readonly<Record<string, string>> = {
  ...en,
  ...TEAM_MESSAGES.en,
  ...IMPORT_MESSAGES.en,
  ...EXPORT_MESSAGES.en,
  ...BACKUP_MESSAGES.en,
};
const chinese: Readonly<Record<string, string>> = {
  ...zhCN,
  ...TEAM_MESSAGES["zh-CN"],
  ...IMPORT_MESSAGES["zh-CN"],
  ...EXPORT_MESSAGES["zh-CN"],
  ...BACKUP_MESSAGES["zh-CN"],
};
const keys = Object.keys(english);

/** What is written the same in every language: names, and words made of signs and figures. */
const SAME_IN_BOTH: readonly string[] = ["app.name"];
const NAMES = /\b(Countersign|TOTP|HOTP|Steam|mOTP|Yandex|SHA-?\d+|MD5|QR|PIN|otpauth|age|English)\b|中文/g;

/** The keys that don't hold, each with the sentence, so that a failure shows what to change. */
function offending(
  catalogue: Readonly<Record<string, string>>,
  offends: (text: string, key: string) => boolean,
) {
  return Object.entries(catalogue).flatMap(([key, text]) => (offends(text, key) ? [`${key}: ${text}`] : []));
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("both catalogues", () => {
  test("have the same keys", () => {
    expect(Object.keys(chinese).sort()).toEqual([...keys].sort());
  });

  test("fill in the same placeholders, and write them whole", () => {
    const others = keys.filter(
      (key) => placeholders(english[key] ?? "").join() !== placeholders(chinese[key] ?? "").join(),
    );
    // A Chinese sentence may name a count that the English singular spells out ("one entry").
    expect(others.filter((key) => !key.endsWith(".one"))).toEqual([]);
    for (const catalogue of [english, chinese]) {
      expect(offending(catalogue, (text) => /[{}]/.test(text.replace(/\{\w+\}/g, "")))).toEqual([]);
    }
  });

  test("have both forms of every sentence that counts", () => {
    const bases = new Set(
      keys.filter((key) => /\.(one|other)$/.test(key)).map((key) => key.replace(/\.\w+$/, "")),
    );
    const missing = [...bases]
      .flatMap((base) => [`${base}.one`, `${base}.other`])
      .filter((key) => !keys.includes(key));
    expect(missing).toEqual([]);
    expect(
      [...bases].filter((base) => keys.includes(base)),
      "a key is a sentence or the base of two, not both",
    ).toEqual([]);
  });

  test("have no empty sentence, no blank at an end, and no two blanks", () => {
    for (const catalogue of [english, chinese]) {
      expect(
        offending(catalogue, (text) => text.trim() !== text || text === "" || /\s\s/.test(text)),
      ).toEqual([]);
    }
  });

  test("end a sentence in both or in neither", () => {
    const ends = (text: string) => /[.?!。？！][”’）)]?$/.test(text);
    expect(
      keys
        .filter((key) => ends(english[key] ?? "") !== ends(chinese[key] ?? ""))
        .map((key) => `${key}: ${english[key]} / ${chinese[key]}`),
    ).toEqual([]);
  });
});

describe("the Chinese catalogue", () => {
  test("leaves nothing in English", () => {
    expect(
      offending(chinese, (text, key) => {
        if (SAME_IN_BOTH.includes(key)) return false;
        const words = text.replace(/\{\w+\}/g, "").replace(NAMES, "");
        return /\p{L}/u.test(words) && !/\p{Script=Han}/u.test(words);
      }),
    ).toEqual([]);
    const copied = keys.filter((key) => english[key] === chinese[key] && !SAME_IN_BOTH.includes(key));
    const words = copied.filter((key) =>
      /\p{L}/u.test((english[key] ?? "").replace(/\{\w+\}/g, "").replace(NAMES, "")),
    );
    expect(words).toEqual([]);
  });

  test("is punctuated the Chinese way", () => {
    expect(
      offending(chinese, (text) => /\p{Script=Han}\s?[,;:!?()"']|[,;!?()"']\s?\p{Script=Han}/u.test(text)),
    ).toEqual([]);
    expect(offending(chinese, (text) => /\p{Script=Han}\.(?!\w)|\.\.\./u.test(text))).toEqual([]);
    expect(
      offending(chinese, (text) => /\p{Script=Han}\s+\p{Script=Han}/u.test(text)),
      "no blank between characters",
    ).toEqual([]);
  });

  test("has one word for one thing", () => {
    // 账号, not the older 帐号; simplified throughout; the person is addressed as 你, without the formal 您.
    expect(offending(chinese, (text) => /帐|您|驗|碼|帳|頁|擇/.test(text))).toEqual([]);
  });
});

describe("the English catalogue", () => {
  test("is written with the right signs: … for three dots, no straight double quotes", () => {
    expect(offending(english, (text) => /\.\.\.|"/.test(text))).toEqual([]);
  });

  test("has no Chinese in it but the language's own name", () => {
    expect(offending(english, (text) => /\p{Script=Han}/u.test(text.replace(/简体中文|中文/g, "")))).toEqual(
      [],
    );
  });
});

describe("the code", () => {
  const sources = readSources("extension").filter(
    (file) => !file.path.startsWith("extension/ui/messages/") && file.path !== "extension/ui/i18n.ts",
  );

  test("asks only for sentences that exist", () => {
    const missing = sources.flatMap((file) =>
      [...file.text.matchAll(/\b(t|tn)\(\s*"([^"]+)"/g)].flatMap(([, call, key = ""]) => {
        const there = call === "t" ? keys.includes(key) : keys.includes(`${key}.other`);
        return there ? [] : [`${file.path}: ${key}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  test("asks for every sentence that exists", () => {
    const literals = new Set<string>();
    const patterns: RegExp[] = [];
    for (const { text } of sources) {
      for (const [, literal = ""] of text.matchAll(/"([\w-]+(?:\.[\w-]+)+)"/g)) literals.add(literal);
      for (const [, template = ""] of text.matchAll(/`([\w-]+\.[^`\s]*\$\{[^`\s]*)`/g)) {
        patterns.push(new RegExp(`^${template.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, ".+")}$`));
      }
    }
    const asked = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key));
    expect(keys.filter((key) => !asked(key) && !asked(key.replace(/\.(one|other)$/, "")))).toEqual([]);
  });
});

describe("the names the browser shows", () => {
  type Locale = Record<string, { message: string }>;
  const readLocale = (name: string) =>
    JSON.parse(readFileSync(join(ROOT, `extension/public/_locales/${name}/messages.json`), "utf8")) as Locale;
  const locales = [
    ...new Set(listFiles("extension/public/_locales").map((path) => path.split("/").at(-2) ?? "")),
  ];
  const first = readLocale("en");

  test("exist in the same languages as the interface", () => {
    expect(locales).toEqual(["en", "zh_CN"]);
  });

  test("have the same keys, and placeholders, in each", () => {
    for (const name of locales) {
      const locale = readLocale(name);
      expect(Object.keys(locale).sort(), name).toEqual(Object.keys(first).sort());
      for (const [key, { message }] of Object.entries(locale)) {
        expect(message.match(/\$\w+\$/g), `${name} ${key}`).toEqual(
          first[key]?.message.match(/\$\w+\$/g) ?? null,
        );
      }
    }
    const translated = readLocale("zh_CN");
    expect(
      Object.keys(translated).filter((key) => !/\p{Script=Han}/u.test(translated[key]?.message ?? "")),
    ).toEqual([]);
  });

  test("are exactly those the manifest asks for", () => {
    const asked = [...readFileSync(join(ROOT, "wxt.config.ts"), "utf8").matchAll(/__MSG_(\w+)__/g)];
    expect([...new Set(asked.map(([, key]) => key))].sort()).toEqual(Object.keys(first).sort());
  });

  test("fit where browsers and stores show them", () => {
    for (const name of locales) {
      const locale = readLocale(name);
      expect(locale.extensionName?.message.length, name).toBeLessThanOrEqual(45);
      expect(locale.extensionDescription?.message.length, name).toBeLessThanOrEqual(132);
    }
  });
});
