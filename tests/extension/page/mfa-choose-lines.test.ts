import { expect, test } from "vitest";
import { chooseLines } from "../../../extension/entrypoints/page/factors/choose-lines.ts";
import type { FactorActivity } from "../../../shared/mfa/answers.ts";

/** Lines of these deeds, the latest first. */
const lines = (...deeds: FactorActivity["what"][]) =>
  deeds.map((what, at) => ({ id: String(at), at: 1_000 - at, what }) as FactorActivity);
const shown = (activity: FactorActivity[], most: number) =>
  chooseLines(activity, most).map(({ what }) => what);

test("whoever renames a factor all day pushes out of sight neither that they added one nor that somebody guesses", () => {
  const renamed = Array.from({ length: 20 }, () => "renamed" as const);
  const activity = lines(...renamed, "added", "guessed", "added");
  expect(shown(activity, 3)).toEqual(["renamed", "added", "guessed"]);
  expect(shown(activity, 12)).toEqual([...renamed.slice(0, 9), "added", "guessed", "added"]);
});

test("of few things all are shown, the latest first", () => {
  expect(shown(lines("added", "added", "removed"), 3)).toEqual(["added", "added", "removed"]);
  expect(shown([], 3)).toEqual([]);
});
