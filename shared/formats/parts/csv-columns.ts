/** The columns of a table of logins, each by the names it may have; the first that is there and not empty counts. */
export type CsvColumns = {
  /** The program that writes it. */
  readonly id: string;
  /** Names that its header has, in lower case: all of them, in any order. */
  readonly has: readonly string[];
  /** An otpauth URI, a bare secret or steam://SECRET. Empty where the program leaves codes out of its table. */
  readonly code: readonly string[];
  readonly name: readonly string[];
  readonly username: readonly string[];
  readonly note?: readonly string[];
  /** All of these. */
  readonly tags?: readonly string[];
  readonly addresses?: readonly string[];
  readonly pinned?: readonly string[];
  readonly trashed?: readonly string[];
};

/**
 * Tables of password managers that differ in nothing but the names of their columns, as the programs write them. The first
 * whose names are all there counts, so the ones with more or rarer names come first.
 */
export const CSV_COLUMNS: readonly CsvColumns[] = [
  {
    // Bitwarden's vault and Bitwarden Authenticator; an organisation's has collections in place of folders.
    id: "bitwarden",
    has: ["login_uri", "login_totp"],
    code: ["login_totp"],
    name: ["name"],
    username: ["login_username"],
    note: ["notes"],
    tags: ["folder", "collections"],
    addresses: ["login_uri"],
    pinned: ["favorite"],
  },
  {
    id: "lastpass",
    has: ["url", "username", "totp", "extra", "grouping"],
    code: ["totp"],
    name: ["name"],
    username: ["username"],
    note: ["extra"],
    tags: ["grouping"],
    addresses: ["url"],
    pinned: ["fav"],
  },
  {
    // The name of the column with the code changed from one version to the next; some have both, one of them empty.
    id: "dashlane",
    has: ["username2", "username3", "otpsecret"],
    code: ["otpurl", "otpsecret"],
    name: ["title"],
    username: ["username", "username2", "username3"],
    note: ["note"],
    tags: ["category"],
    addresses: ["url"],
  },
  {
    id: "dashlane",
    has: ["username2", "username3", "otpurl"],
    code: ["otpurl"],
    name: ["title"],
    username: ["username", "username2", "username3"],
    note: ["note"],
    tags: ["category"],
    addresses: ["url"],
  },
  {
    // Earlier versions have no column for the address of e-mail and the vault.
    id: "proton-pass",
    has: ["totp", "createtime", "modifytime"],
    code: ["totp"],
    name: ["name"],
    username: ["username", "email"],
    note: ["note"],
    tags: ["vault"],
    addresses: ["url"],
  },
  {
    id: "synology-c2",
    has: ["display_name", "login_totp"],
    code: ["login_totp"],
    name: ["display_name"],
    username: ["login_username"],
    note: ["notes"],
    tags: ["folder"],
    addresses: ["login_urls", "login_url"],
    pinned: ["favorite"],
  },
  {
    // 1Password 7 and 8, and Apple's Passwords (Safari, iCloud Keychain).
    id: "1password-and-apple",
    has: ["title", "otpauth"],
    code: ["otpauth"],
    name: ["title"],
    username: ["username"],
    note: ["notes"],
    tags: ["tags"],
    addresses: ["url", "website"],
    pinned: ["favorite", "favorite status"],
    trashed: ["archived", "archived status"],
  },
  {
    id: "1password",
    has: ["title", "username", "one-time password"],
    code: ["one-time password"],
    name: ["title"],
    username: ["username"],
    note: ["notes"],
    tags: ["tags"],
    addresses: ["url", "website"],
    pinned: ["favorite", "favorite status"],
    trashed: ["archived", "archived status"],
  },
  {
    id: "keepassxc",
    has: ["group", "title", "totp"],
    code: ["totp"],
    name: ["title"],
    username: ["username"],
    note: ["notes"],
    tags: ["group"],
    addresses: ["url"],
  },
  // What follows has no codes at all: there are passwords in it, and a person has to be told why nothing comes of them.
  { id: "nordpass", has: ["name", "url", "username", "cardholdername"], code: [], name: [], username: [] },
  { id: "firefox", has: ["url", "username", "formactionorigin"], code: [], name: [], username: [] },
  { id: "keepass-2", has: ["account", "login name", "web site"], code: [], name: [], username: [] },
  { id: "keepassxc", has: ["group", "title", "username", "password"], code: [], name: [], username: [] },
  { id: "dashlane", has: ["username2", "username3", "title"], code: [], name: [], username: [] },
  { id: "lastpass", has: ["url", "username", "extra", "grouping"], code: [], name: [], username: [] },
  { id: "apple", has: ["title", "url", "username", "password"], code: [], name: [], username: [] },
  { id: "chromium", has: ["name", "url", "username", "password"], code: [], name: [], username: [] },
];

/** The columns of a table by its header; null if it is of no program that is known. */
export function columnsOf(header: readonly string[]): CsvColumns | null {
  const names = new Set(header.map(columnName));
  return CSV_COLUMNS.find(({ has }) => has.every((name) => names.has(name))) ?? null;
}

/** The name of a column as tables here have it. */
export function columnName(cell: string): string {
  return cell.trim().toLowerCase();
}
