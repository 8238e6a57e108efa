import type { WrittenFile } from "./written-files.ts";

type Counted = Pick<WrittenFile, "isVerified" | "leftOut">;

/**
 * Which files are to go, so that of those in one place no more than `keep` stay: the oldest of those that were verified.
 *
 * None goes as long as the newest lacks entries that can't be opened just now: an older file may be the only one that has
 * them. What was never verified is neither counted nor removed.
 *
 * @param files of one place, in the order they were written: a clock may have been put back between two of them
 * @param keep at least 1
 */
export function filesToRemove<File extends Counted>(files: readonly File[], keep: number): File[] {
  const newestFirst = files.filter(({ isVerified }) => isVerified).toReversed();
  if ((newestFirst[0]?.leftOut ?? 0) > 0) return [];
  return newestFirst.slice(Math.max(1, keep));
}
