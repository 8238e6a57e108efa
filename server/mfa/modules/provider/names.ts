import type { Words } from "../../../../shared/mfa/form.ts";

type Named = readonly { readonly language: string; readonly name: string }[];

/** How long a name that was asked for is not asked for again, in milliseconds. */
export const NAMES_MS = 10 * 60_000;

/** What the interface's languages are called by others, the best first. */
const LANGUAGES = {
  en: ["en", "en-us", "en-gb"],
  "zh-CN": ["zh-cn", "zh-hans-cn", "zh-hans", "zh"],
} as const satisfies Readonly<Record<keyof Words, readonly string[]>>;

/** The languages to ask for: those of the person, and those of the interface. */
export function languagesToAsk(languages: readonly string[]): string[] {
  return [...new Set([...languages, ...Object.keys(LANGUAGES)])];
}

/** Takes what a provider is called out of its answer; where it has no name in a language, the configured one stays. */
export function chooseNames(named: Named, configured: Words): Words {
  const nameIn = (language: keyof Words) =>
    LANGUAGES[language]
      .map((tag) => named.find((each) => each.language.replace("_", "-").toLowerCase() === tag)?.name ?? "")
      .find((name) => name !== "") ?? configured[language];
  return { en: nameIn("en"), "zh-CN": nameIn("zh-CN") };
}
