import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { parseMfaConfig, readMfaConfig } from "../../../server/mfa/config.ts";

/** What somebody who runs a server for the first time gets wrong in mfa.json, and how it is said. */

test("a file that COUNTERSIGN_MFA names has to be there; the one in the data folder may be left out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "countersign-mfa-"));
  const read = (environment: Record<string, string>) => {
    const config = readConfig({ COUNTERSIGN_DATA: folder, ...environment }, folder);
    if (!config.ok) throw Error(config.error.join());
    return readMfaConfig(config.value);
  };
  try {
    expect(read({})).toMatchObject({ ok: true, value: { policy: { required: "nobody" } } });
    expect(read({ COUNTERSIGN_MFA: "policy.json" })).toEqual({
      ok: false,
      error: ["there is no such file, and COUNTERSIGN_MFA names it"],
    });
    await writeFile(join(folder, "policy.json"), '{ "required": "everybody" }');
    expect(read({ COUNTERSIGN_MFA: "policy.json" })).toMatchObject({
      ok: true,
      value: { policy: { required: "everybody" } },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['{\n  "required": "everybody",\n}', "it is not JSON: look at line 3, column 1"],
  ['{ "mail": { "password": secret } }', "it is not JSON"],
  [
    '{ "ask": "sometimes" }',
    expect.stringMatching(/^ask: it must be "always", "new-device", "new-network" or/),
  ],
  ['{ "ask": { "days": 0 } }', expect.stringMatching(/^ask\.days: /)],
])("%s is said to be wrong, and where", (text, sentence) => {
  expect(parseMfaConfig(text)).toEqual({ ok: false, error: [sentence] });
});
