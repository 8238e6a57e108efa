/** What tests/architecture.test.ts holds the house to. Every change here has its reason in docs/decisions/. */

/** The rooms of the extension, each with the rooms it may import. A type from any room may reach ui (error-text.ts). */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  preferences: ["platform"],
  intents: ["platform"],
  clipboard: ["platform"],
  messaging: ["platform"],
  policy: ["platform"],
  vault: ["policy", "platform"],
  scan: ["vault", "platform"],
  autofill: ["vault", "policy", "platform"],
  backup: ["vault", "policy", "platform"],
  import: ["scan", "vault", "platform"],
  export: ["vault", "policy", "platform"],
  servers: ["vault", "policy", "platform"],
  groups: ["servers", "vault", "platform"],
  ui: [],
  worker: [
    "autofill",
    "clipboard",
    "groups",
    "intents",
    "messaging",
    "platform",
    "policy",
    "preferences",
    "scan",
    "ui",
    "vault",
  ],
  screens: [
    "autofill",
    "backup",
    "clipboard",
    "groups",
    "intents",
    "platform",
    "policy",
    "preferences",
    "scan",
    "servers",
    "ui",
    "vault",
  ],
  entrypoints: [
    "worker",
    "screens",
    "autofill",
    "backup",
    "clipboard",
    "export",
    "groups",
    "import",
    "intents",
    "messaging",
    "platform",
    "policy",
    "preferences",
    "scan",
    "servers",
    "ui",
    "vault",
  ],
};

/**
 * Whether an import goes from the extension to the server or back. One may: what a procedure takes and gives, only the
 * server can say, and a type is gone before anything runs (docs/decisions/0018).
 */
export function isBetweenHouses(from: string, { to, kind }: { to: string; kind: "value" | "type" }): boolean {
  if (from === "extension/servers/api.ts" && to === "server/router/index.ts" && kind === "type") return false;
  return [from.split("/")[0], to.split("/")[0]].sort().join() === "extension,server";
}

/** The packages the product imports, each with the folders or files it may come in by. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@bufbuild/protobuf": ["shared/formats/"],
  "@noble/hashes": ["shared/crypto/", "shared/otp/"],
  "@rgrove/parse-xml": ["shared/formats/parts/"],
  "@zip.js/zip.js": ["shared/formats/parts/archive.ts"],
  "@zxcvbn-ts/core": ["extension/ui/passphrase-strength.ts"],
  "@zxcvbn-ts/language-common": ["extension/ui/passphrase-strength.ts"],
  "@serenity-kit/opaque": ["server/", "extension/servers/"],
  "@scure/bip39": ["shared/group/fingerprint.ts"],
  "@simplewebauthn/server": ["server/mfa/modules/"],
  "@trpc/client": ["extension/servers/"],
  "@trpc/server": ["server/"],
  "age-encryption": ["extension/backup/"],
  dexie: ["extension/vault/", "extension/servers/", "extension/groups/"],
  eventsource: ["extension/servers/watch-heads.ts"],
  "hash-wasm": ["shared/crypto/kdf.ts", "shared/crypto/foreign.ts"],
  hpke: ["shared/crypto/seal.ts"],
  jsqr: ["extension/scan/"],
  kysely: ["server/"],
  "libsodium-wrappers": ["shared/crypto/"],
  nodemailer: ["server/mfa/notices/mailer.ts"],
  otpauth: ["shared/otp/code.ts"],
  papaparse: ["shared/formats/parts/"],
  pg: ["server/db/postgres.ts", "server/events/postgres-bus.ts"],
  preact: ["extension/ui/", "extension/screens/", "extension/entrypoints/"],
  qr: ["extension/entrypoints/page/sheet/", "server/mfa/modules/totp.ts"],
  "sql.js": ["shared/formats/parts/"],
  tldts: ["extension/autofill/"],
  "webextension-polyfill": ["extension/platform/browser.ts"],
  wxt: ["extension/entrypoints/"],
  zod: ["shared/", "extension/", "server/"],
};

export const MAX_LINES = 250;

/** Tables and catalogues, which are as long as what they list. */
export const LONG_FILES: readonly string[] = [
  "extension/autofill/other-words.ts",
  "extension/autofill/otp-words.ts",
  "extension/ui/issuer-marks/mark-colours.ts",
  "extension/ui/issuer-marks/issuer-table.ts",
  "extension/ui/messages/en.ts",
  "extension/ui/messages/teams-en.ts",
  "extension/ui/messages/teams-zh-cn.ts",
  "extension/ui/messages/zh-CN.ts",
  "tests/hostile/checks.ts",
];

/** Names that say nothing of what is inside. */
export const BANNED_FILE_NAMES =
  /(^|[-.])(utils?|helpers?|common|managers?|services?|misc|abstractions?)\.tsx?$/;

/** Names that are not in kebab-case: a language tag, and a component that is asked for by its own name. */
export const OTHER_FILE_NAMES: readonly string[] = ["zh-CN.ts", "teams-zh-cn.ts", "issuer-mark.tsx"];

/** What stands in no file of the product, or in none but those it is for. */
export const BANNED_TEXT: readonly {
  readonly pattern: RegExp;
  readonly why: string;
  readonly but?: readonly string[];
}[] = [
  { pattern: /\b(TODO|FIXME|XXX)\b/, why: "do it, or open an issue for it" },
  { pattern: /\bconsole\.(?!error)\w+\(/, why: "left behind: what went wrong is a Result or an Error" },
  { pattern: /\bas any\b/, why: "any switches the compiler off" },
  { pattern: /not (written|implemented) yet/i, why: "write it" },
  { pattern: /@ts-(ignore|nocheck)/, why: "say to the compiler what is true instead" },
  { pattern: /\bdebugger;/, why: "left behind" },
  { pattern: /\b(eval|new Function)\(/, why: "code is never made from text" },
  {
    pattern: /\.(innerHTML|outerHTML|insertAdjacentHTML)\b\s*[=(]/,
    why: "build elements, never markup from text",
  },
  {
    pattern: /\b(onMessage|onMessageExternal|onConnect|onConnectExternal|sendMessage)\b/,
    why: "no message channel but the doorbell: docs/decisions/0011",
    but: ["extension/messaging/doorbell.ts", "extension/messaging/ring.ts"],
  },
  { pattern: /role\s*===/, why: "ask can(role, permission)" },
  { pattern: /(^|[\s"'(`])\/(home|Users|root|work)\/\w/, why: "a path of one machine" },
];
