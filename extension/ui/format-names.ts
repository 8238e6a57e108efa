import { formatList, t } from "./i18n.ts";

/** The programs behind the formats, by the formats' ids: names, which are the same in every language. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ["1password", "1Password"],
  ["1pux", "1Password"],
  ["2fas", "2FAS"],
  ["2fauth", "2FAuth"],
  ["aegis", "Aegis"],
  ["andotp", "andOTP"],
  ["authenticator-extension", "Authenticator"],
  ["authenticator-plus", "Authenticator Plus"],
  ["authy", "Authy"],
  ["battle-net", "Battle.net"],
  ["battlenet", "Battle.net"],
  ["bitwarden", "Bitwarden"],
  ["countersign", "Countersign"],
  ["countersign-backup", "Countersign"],
  ["dashlane", "Dashlane"],
  ["duo", "Duo"],
  ["enpass", "Enpass"],
  ["ente", "Ente Auth"],
  ["freeotp", "FreeOTP"],
  ["freeotp-plus", "FreeOTP+"],
  ["freeotp2", "FreeOTP 2"],
  ["google-authenticator", "Google Authenticator"],
  ["google-authenticator-database", "Google Authenticator"],
  ["google-migration", "Google Authenticator"],
  ["keepass", "KeePass"],
  ["keepass-xml", "KeePass"],
  ["keepassxc", "KeePassXC"],
  ["keeper", "Keeper"],
  ["lastpass", "LastPass"],
  ["lastpass-authenticator", "LastPass Authenticator"],
  ["microsoft", "Microsoft Authenticator"],
  ["microsoft-authenticator", "Microsoft Authenticator"],
  ["proton-authenticator", "Proton Authenticator"],
  ["proton-pass", "Proton Pass"],
  ["raivo", "Raivo"],
  ["roboform", "RoboForm"],
  ["steam", "Steam"],
  ["stratum", "Stratum"],
  ["synology-c2", "Synology C2"],
  ["totp-authenticator", "TOTP Authenticator"],
  ["winauth", "WinAuth"],
]);

/** Ids may go on after the program's name: what kind of its files it is. */
const KIND =
  /-(?:plain|encrypted|enc|legacy|old|new|strong|json|csv|xml|txt|zip|sqlite|list|file|page|1pif|backup|v\d)$/;

/** What to call the program that writes a format; null where it is no single one. */
export function programName(format: string): string | null {
  for (let id = format; ; id = id.replace(KIND, "")) {
    const name = PROGRAMS.get(id);
    if (name !== undefined) return name;
    if (!KIND.test(id)) return null;
  }
}

/** Where accounts came from, in words: the programs, or just "a file". */
export function formatNames(formats: readonly string[]): string {
  const names = formats.flatMap((format) => programName(format) ?? []);
  return names.length === 0 ? t("import.a-file") : formatList([...new Set(names)]);
}
