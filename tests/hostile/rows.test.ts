import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatTable } from "../bench/table.ts";
import { listFiles, ROOT, readSources } from "../support/source-files.ts";
import { CHECKS } from "./checks.ts";
import { ROWS } from "./rows.ts";
import { without } from "./without-check.ts";

const sourceOf = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** How many tests of this folder bear the name of a row. */
const titles = listFiles("tests/hostile")
  .filter((path) => /(\.test|-lies)\.ts$/.test(path))
  .map(sourceOf)
  .join("\n");
const testsOf = (row: string): number => (titles.match(new RegExp(`["\`]${row} `, "g")) ?? []).length;

test("every line of the attack table has its tests, or says where they are", () => {
  expect(ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 36 }, (_, at) => `A${at + 1}`));
  const table = ROWS.map(({ row, attack, proof }) => {
    if (proof === "here") {
      expect([row, testsOf(row)]).not.toEqual([row, 0]);
      const checks = CHECKS.filter((check) => check.row === row).length;
      return [row, attack, `${testsOf(row)} here, ${checks} checks`];
    }
    return [row, attack, `later: ${proof.later}`];
  });
  console.log(formatTable("A server that lies", ["row", "attack", "tests"], table));
});

test("each check stands where the table says, once, and each names a test that there is", () => {
  for (const { edits, test: named } of CHECKS) {
    for (const edit of edits) expect(without(sourceOf(edit.file), edit)).not.toBe(sourceOf(edit.file));
    const [, title] = named;
    // Titles that are made in a loop stand there in part.
    const [start = title] = title.split(/ (?:of version|with|for another|that says|a|says) /);
    expect([title, titles.includes(start)]).toEqual([title, true]);
  }
});

test("A12 a record is encrypted as a whole, in one place", () => {
  const sealing = [...readSources("shared/group"), ...readSources("extension/groups")].flatMap(
    ({ path, text }) => [...text.matchAll(/\b(sealAead|encrypt)\(/g)].map(([call]) => `${path} ${call}`),
  );
  // Twice in the record's own file: anew, and again under another key. An offer is no record.
  expect(sealing.sort()).toEqual([
    "shared/group/invitation.ts sealAead(",
    "shared/group/record.ts sealAead(",
    "shared/group/record.ts sealAead(",
  ]);
});

test("A8 the group's key is sealed to nobody but members of the verified log, and to whoever was confirmed", () => {
  const calls = readSources("extension").flatMap(({ path, text }) =>
    [...text.matchAll(/\bsealGroupKey\(([^)]*)\)/g)].map(([, given]) => `${path}: ${given}`),
  );
  expect(calls.sort()).toEqual([
    "extension/groups/create-group.ts: key, { id: owner.id, enc: connection.opening.publicKey }",
    "extension/groups/invite.ts: secrets.key, { id, enc: opening.value }",
    "extension/groups/rekey.ts: secrets.key, { id: userId, enc: opening.publicKey }",
    "extension/groups/seal-to-members.ts: key, { id: member.id, enc: enc.value }",
  ]);
});
