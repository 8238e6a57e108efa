import type { Interval, Plan } from "./plan.ts";
import type { FileRecord, WrittenFile } from "./written-files.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const INTERVAL_MS: Readonly<Record<Interval, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** Between two attempts that cost a key derivation and failed. */
export const RETRY_MS = 60 * 60 * 1000;

/** The files that count for a plan: verified, in its place. */
export function filesInPlace(
  { files }: Pick<FileRecord, "files">,
  { place }: Pick<Plan, "place">,
  folderId: string | null,
): WrittenFile[] {
  return files.filter(
    ({ isVerified, where }) =>
      isVerified && where.kind === place && (where.kind === "downloads" || where.folder === folderId),
  );
}

/** The one that was written last, whatever the clock said then; null: none. */
export function newestOf(files: readonly WrittenFile[]): WrittenFile | null {
  return files.at(-1) ?? null;
}

type Timing = Pick<Plan, "every" | "lockId">;

/**
 * Whether one would be made if something had changed: the interval has passed since the newest that is encrypted as the
 * next one would be, or there is none such. A clock that was put back counts as time that has passed.
 *
 * @param inPlace the files that count
 */
export function isTime(plan: Timing, inPlace: readonly WrittenFile[], now: number): boolean {
  const newest = newestAlike(plan, inPlace);
  return newest === null || now >= dueFrom(plan, newest) || now < newest.at;
}

/**
 * Whether a backup is to be made: it is time, and something has changed since the newest.
 *
 * @param mark of what the vault holds now (contentsMark)
 */
export function isDue(plan: Timing, inPlace: readonly WrittenFile[], mark: string, now: number): boolean {
  return isTime(plan, inPlace, now) && newestAlike(plan, inPlace)?.mark !== mark;
}

function newestAlike({ lockId }: Timing, inPlace: readonly WrittenFile[]): WrittenFile | null {
  return newestOf(inPlace.filter((file) => file.lockId === lockId));
}

/** From when on the next one is due, if something changes, in milliseconds since 1970 UTC. */
export function dueFrom({ every }: Pick<Plan, "every">, newest: WrittenFile): number {
  return newest.at + INTERVAL_MS[every];
}
