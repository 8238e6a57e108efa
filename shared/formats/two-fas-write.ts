import type { Entry } from "../otp/entry.ts";
import { wholeSecret } from "../otp/whole-secret.ts";
import type { LeftOutReason, LostField, WritableEntry, WrittenFile } from "./format.ts";
import { entryLosses, partSayable, whyNotSteam } from "./parts/entry-losses.ts";

/**
 * Writes a backup of 2FAS, schema 4, plain. An account is in one group there: the first of its tags. What 2FAS has no
 * type for is left out.
 */
export async function writeTwoFasBackup(entries: readonly WritableEntry[]): Promise<WrittenFile> {
  const { written, leftOut } = partSayable(entries, whyNot);
  const names = new Set(written.flatMap(({ tags }) => tags.slice(0, 1)));
  const groups = new Map([...names].map((name) => [name, crypto.randomUUID()]));
  const backup = {
    services: written.map((entry, position) => serviceOf(entry, position, groups)),
    groups: [...groups].map(([name, id]) => ({ id, name, isExpanded: true })),
    updatedAt: Math.max(0, ...written.map(({ secretSetAt }) => secretSetAt)),
    schemaVersion: 4,
    appVersionCode: 5_000_000,
    appVersionName: "5.0.0",
    appOrigin: "android",
  };
  return {
    text: `${JSON.stringify(backup)}\n`,
    ending: "json",
    leftOut,
    losses: entryLosses(written, (field) => NO_PLACE.includes(field)),
  };
}

const NO_PLACE: readonly LostField[] = ["sites", "further-tags", "note", "icon", "pinned"];

function whyNot(entry: Entry): LeftOutReason | null {
  if (entry.type === "motp" || entry.type === "yandex") return "type";
  if (entry.algorithm === "MD5") return "algorithm";
  return entry.type === "steam" ? whyNotSteam(entry) : null;
}

function serviceOf(entry: Entry, position: number, groups: ReadonlyMap<string, string>) {
  const { type, issuer, account, digits, period, counter, algorithm } = entry;
  const [group] = entry.tags;
  return {
    name: issuer,
    secret: wholeSecret(entry.secret),
    updatedAt: entry.secretSetAt,
    ...(group === undefined ? {} : { groupId: groups.get(group) }),
    otp: {
      label: account,
      account,
      issuer,
      digits,
      ...(type === "hotp" ? { counter } : { period }),
      algorithm,
      tokenType: type.toUpperCase(),
      source: "Manual",
    },
    order: { position },
  };
}
