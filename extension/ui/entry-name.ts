import { t } from "./i18n.ts";

interface Names {
  readonly issuer: string;
  readonly account: string;
}

/** What an entry is called in a sentence: its issuer, or else its account. */
export function shortName({ issuer, account }: Names): string {
  return issuer || account || t("entry.unnamed");
}

/** The same with both names, where two of one issuer have to be told apart. */
export function fullName({ issuer, account }: Names): string {
  return issuer && account ? t("entry.names", { issuer, account }) : shortName({ issuer, account });
}
