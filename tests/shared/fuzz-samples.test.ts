import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFile } from "../../shared/formats/read-file.ts";
import { passphraseOf } from "../fuzz/samples.ts";
import { ROOT } from "../support/source-files.ts";

const fixtures = join(ROOT, "tests/fixtures/formats");

test("every encrypted fixture opens with the passphrase that broken ones of it are tried with", async () => {
  let opened = 0;
  for (const name of readdirSync(fixtures)) {
    const bytes = new Uint8Array(readFileSync(join(fixtures, name)));
    const read = await readFile(bytes, null);
    if (read.ok || read.error.reason !== "passphrase-needed") continue;
    expect([name, (await readFile(bytes, passphraseOf(name))).ok]).toEqual([name, true]);
    opened += 1;
  }
  expect(opened).toBeGreaterThan(10);
});
