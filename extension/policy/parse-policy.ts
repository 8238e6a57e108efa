import * as z from "zod/mini";
import { parseSiteUrl } from "../../shared/site.ts";

/** What the administrator of an organisation has set for this browser (docs/managed.md); by default nothing is. */
export type Policy = {
  /** Of the team's server, for later: nothing connects to it. An address over https, or of this machine. */
  readonly serverAddress: string | null;
  /** Whether a vault without a passphrase stays closed until it has one. */
  readonly passphraseRequired: boolean;
  /** Most minutes without use until the vault locks, 1 to 1440; null: as the person likes. */
  readonly longestAutoLockMinutes: number | null;
  /** Whether no key leaves the vault in the clear: not shown, not as a list, not on paper. */
  readonly exportForbidden: boolean;
  /** Whether no encrypted backup is written either. */
  readonly backupForbidden: boolean;
  /** Whether nothing is filled in without a gesture. */
  readonly automaticFillingForbidden: boolean;
  readonly unread: readonly UnreadSetting[];
};

/** What was set and is not heeded. "invalid": its value can't be. "unknown": no setting has that name. "all": none came. */
export type UnreadSetting =
  | { readonly why: "invalid" | "unknown"; readonly name: string }
  | { readonly why: "all" };

export const NO_POLICY: Policy = {
  serverAddress: null,
  passphraseRequired: false,
  longestAutoLockMinutes: null,
  exportForbidden: false,
  backupForbidden: false,
  automaticFillingForbidden: false,
  unread: [],
};

const LONGEST_ADDRESS = 2000;

const serverAddress = z.pipe(
  z.string().check(z.maxLength(LONGEST_ADDRESS), z.refine(isServerAddress)),
  z.transform((address) => new URL(address).href),
);
/** The registry of Windows knows numbers only, and Firefox hands them over as they are. */
const onOff = z.pipe(
  z.union([z.boolean(), z.literal([0, 1])]),
  z.transform((value) => value === true || value === 1),
);

/** Every setting with what it may be, as extension/public/managed-schema.json tells Chromium. */
export const SETTINGS = {
  serverAddress,
  passphraseRequired: onOff,
  longestAutoLockMinutes: z.int().check(z.gte(1), z.lte(24 * 60)),
  exportForbidden: onOff,
  backupForbidden: onOff,
  automaticFillingForbidden: onOff,
} satisfies { readonly [Name in Exclude<keyof Policy, "unread">]: z.ZodMiniType<Policy[Name]> };

type SettingName = keyof typeof SETTINGS;

/**
 * Reads what the browser was given. Each setting is judged by itself: one that can't be heeded is left out and named,
 * and changes nothing about the others. Never throws.
 */
export function parsePolicy(values: unknown): Policy {
  if (typeof values !== "object" || values === null || Array.isArray(values))
    return { ...NO_POLICY, unread: [{ why: "all" }] };
  const heeded: Partial<Record<SettingName, unknown>> = {};
  const unread: UnreadSetting[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (!isSettingName(name)) {
      unread.push({ why: "unknown", name });
      continue;
    }
    const parsed = SETTINGS[name].safeParse(value);
    if (parsed.success) heeded[name] = parsed.data;
    else unread.push({ why: "invalid", name });
  }
  return { ...NO_POLICY, ...(heeded as Partial<Policy>), unread };
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

function isServerAddress(address: string): boolean {
  const url = parseSiteUrl(address);
  // A server is found by its address alone: what else could stand there is taken for a mistake.
  return url !== null && url.search === "" && url.hash === "";
}
