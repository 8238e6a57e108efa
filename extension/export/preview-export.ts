import type { LeftOutReason, LostField } from "../../shared/formats/format.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import type { IndexRow, NamedEntry } from "../vault/index-row.ts";
import { readExportable } from "./read-exportable.ts";
import type { WayOut } from "./ways-out.ts";
import { writeCodesAs, writeFileAs } from "./write-as.ts";

/** What an export would take along and what not. Names only: no secret is in it. */
export type ExportPreview = {
  /** Entries that lose nothing. */
  readonly whole: number;
  readonly losses: readonly { readonly named: NamedEntry; readonly fields: readonly LostField[] }[];
  readonly leftOut: readonly LeftOut[];
  readonly inTrash: number;
  /** Of those that go along: with a counter, which two programs must not both count. */
  readonly counted: number;
  /** How many QR codes there would be; null for a file. */
  readonly codes: number | null;
};

export type LeftOut = {
  readonly named: NamedEntry;
  readonly reason: LeftOutReason | "damaged" | "newer-version";
  /** What of it may stand in the way; null where it can't be opened. */
  readonly parameters: Parameters | null;
};

type Parameters = Pick<Entry, "type" | "algorithm" | "digits" | "period">;

/**
 * Looks at what an export would lose, as its own writer says; nothing of what it wrote is kept. Throws VaultLockedError,
 * ForbiddenByPolicyError.
 */
export async function previewExport(ids: readonly string[], wayOut: WayOut): Promise<ExportPreview> {
  const { opened, unreadable, inTrash } = await readExportable(ids);
  const entries = opened.map(({ entry }) => entry);
  const codes = wayOut.way === "codes" ? writeCodesAs(wayOut, entries) : null;
  // The same is lost whether it is encrypted or not.
  const { leftOut, losses } = codes ?? (await writeFileAs(wayOut, entries, null));
  const rowOf = new Map(opened.map(({ row, entry }) => [entry as Entry, row]));
  const named = (entry: Entry): NamedEntry => {
    const row = rowOf.get(entry);
    if (row === undefined) throw Error("the writer names an entry that it was not given");
    return namesOf(row);
  };
  const stays = new Set(leftOut.map(({ entry }) => entry));
  const going = opened.filter(({ entry }) => !stays.has(entry));
  return {
    whole: going.length - losses.length,
    losses: losses.map(({ entry, fields }) => ({ named: named(entry), fields })),
    leftOut: [
      ...leftOut.map(({ entry, reason }) => ({
        named: named(entry),
        reason,
        parameters: parametersOf(entry),
      })),
      ...unreadable.map(({ row, reason }) => ({ named: namesOf(row), reason, parameters: null })),
    ],
    inTrash,
    counted: going.filter(({ entry }) => entry.type === "hotp").length,
    codes: codes?.codes.length ?? null,
  };
}

function namesOf({ id, issuer, account }: IndexRow): NamedEntry {
  return { id, issuer, account };
}

function parametersOf({ type, algorithm, digits, period }: Entry): Parameters {
  return { type, algorithm, digits, period };
}
