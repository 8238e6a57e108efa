import { afterEach, describe, expect, test } from "vitest";
import {
  chooseLanguage,
  formatDate,
  formatList,
  formatSentences,
  formatSpan,
  language,
  messageIn,
  setLanguage,
  t,
  tn,
} from "../../../extension/ui/i18n.ts";

afterEach(() => setLanguage("en"));

describe("the language", () => {
  test("is the person's wish, or Chinese for any kind of Chinese browser, or English", () => {
    expect(chooseLanguage("en", "zh-CN")).toBe("en");
    expect(chooseLanguage("zh-CN", "en-GB")).toBe("zh-CN");
    for (const browser of ["zh", "zh-CN", "zh-TW", "zh-Hans-SG", "ZH-hk"])
      expect(chooseLanguage("system", browser), browser).toBe("zh-CN");
    for (const browser of ["en", "en-GB", "de", "fr-CA", "za", ""])
      expect(chooseLanguage("system", browser), browser).toBe("en");
  });

  test("is told to screen readers by the document", () => {
    setLanguage("zh-CN");
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(language()).toBe("zh-CN");
    expect(t("action.cancel")).toBe(messageIn("zh-CN", "action.cancel"));
  });
});

describe("a sentence", () => {
  test("has its placeholders filled in, numbers in the language's own way", () => {
    expect(t("copy.done", { name: "Harbour" })).toContain("Harbour");
    expect(t("parameters.digits", { count: 12345 })).toContain("12,345");
  });

  test("leaves what looks like a placeholder in a value alone", () => {
    expect(t("copy.done", { name: "{name} $& {x}" })).toContain("{name} $& {x}");
  });

  test("without a value for a placeholder is a bug, and throws", () => {
    expect(() => t("copy.done")).toThrow("copy.done");
  });

  test("counts in the forms its language has", () => {
    expect(tn("review.found", 1)).toBe(t("review.found.one", { count: 1 }));
    expect(tn("review.found", 0)).toBe(t("review.found.other", { count: 0 }));
    expect(tn("review.found", 2)).toBe(t("review.found.other", { count: 2 }));
    setLanguage("zh-CN");
    expect(tn("review.found", 1)).toBe(t("review.found.other", { count: 1 }));
  });
});

test("spans are told in their largest whole unit", () => {
  const second = 1_000;
  expect(formatSpan(0)).toBe("1 second");
  expect(formatSpan(89 * second)).toBe("89 seconds");
  expect(formatSpan(90 * second)).toBe("2 minutes");
  expect(formatSpan(-3 * 3600 * second)).toBe("3 hours");
  expect(formatSpan(49 * 3600 * second)).toBe("2 days");
  setLanguage("zh-CN");
  expect(formatSpan(3 * 3600 * second)).toBe("3小时");
});

test("dates and lists are the language's own", () => {
  const day = Date.UTC(2026, 10, 23, 12);
  expect(formatDate(day)).toBe("Nov 23, 2026");
  expect(formatList(["a", "b", "c"])).toBe("a, b, and c");
  setLanguage("zh-CN");
  expect(formatDate(day)).toBe("2026年11月23日");
  expect(formatList(["甲", "乙", "丙"])).toBe("甲、乙和丙");
});

test("Chinese sets Latin names apart, and puts no blank between its sentences", () => {
  expect(formatSentences(["One.", "", "Two."])).toBe("One. Two.");
  setLanguage("zh-CN");
  expect(formatList(["Aegis", "2FAS", "微信"])).toBe("Aegis、2FAS 和微信");
  expect(formatList(["Aegis", "2FAS"])).toBe("Aegis 和 2FAS");
  expect(formatSentences(["一。", "", "二。"])).toBe("一。二。");
});
