import type { Page } from "playwright-core";
import type { MessageKey, MessageValues, PluralKey } from "../../extension/ui/i18n.ts";
import { BACKUP_MESSAGES } from "../../extension/ui/messages/backup.ts";
import { en } from "../../extension/ui/messages/en.ts";
import { EXPORT_MESSAGES } from "../../extension/ui/messages/export.ts";
import { IMPORT_MESSAGES } from "../../extension/ui/messages/import.ts";
import { TEAM_MESSAGES } from "../../extension/ui/messages/teams.ts";
import { zhCN } from "../../extension/ui/messages/zh-CN.ts";

/** The sentences of a page, so that a test finds its way in either language. */
export type Words = {
  t(key: MessageKey, values?: MessageValues): string;
  tn(key: PluralKey, count: number, values?: MessageValues): string;
};

/** The words of the language that a page of ours is in; it must have been drawn. */
export async function wordsOf(page: Page): Promise<Words> {
  await page.locator("#root > *").first().waitFor();
  return wordsIn((await page.locator("html").getAttribute("lang")) ?? "");
}

/** @param language as in the lang attribute */
export function wordsIn(language: string): Words {
  const catalogue: Record<MessageKey, string> =
    language === "zh-CN"
      ? {
          ...zhCN,
          ...TEAM_MESSAGES["zh-CN"],
          ...IMPORT_MESSAGES["zh-CN"],
          ...EXPORT_MESSAGES["zh-CN"],
          ...BACKUP_MESSAGES["zh-CN"],
        }
      : { ...en, ...TEAM_MESSAGES.en, ...IMPORT_MESSAGES.en, ...EXPORT_MESSAGES.en, ...BACKUP_MESSAGES.en };
  const t = (key: MessageKey, values: MessageValues = {}): string =>
    catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? value.toLocaleString(language) : value;
    });
  const form = new Intl.PluralRules(language);
  return {
    t,
    tn: (key, count, values) =>
      t(`${key}.${form.select(count) === "one" ? "one" : "other"}` as MessageKey, { count, ...values }),
  };
}
