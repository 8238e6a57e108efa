import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openAgeFile, sealAgeFile } from "../../../extension/backup/age-file.ts";
import { utf8 } from "../../../shared/bytes.ts";
import { formatBackup } from "../../../shared/formats/backup.ts";

const PASSPHRASE = "correct horse 电池 staple";

/** age asks a terminal for passphrases, which `script` stands in for. */
const missing = ["age", "script"].filter((command) => spawnSync("which", [command]).status !== 0);
if (missing.length > 0)
  console.log(`skipped: ${missing.join(" and ")} not installed (apt-get install age bsdutils)`);

describe.skipIf(missing.length > 0)("the age command", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-age-"));
  const [clear, sealed] = [join(folder, "backup.json"), join(folder, "backup.age")];
  afterAll(() => rmSync(folder, { recursive: true }));

  it("opens a backup of ours", async () => {
    const text = formatBackup([], 1000);
    writeFileSync(sealed, await sealAgeFile(utf8(text), PASSPHRASE));
    expect(await ageInTerminal(["-d", "-o", clear, sealed], 1)).toBe(0);
    expect(readFileSync(clear, "utf8")).toBe(text);
  });

  it("makes files that open here", async () => {
    writeFileSync(clear, "written elsewhere");
    expect(await ageInTerminal(["-p", "-o", `${sealed}2`, clear], 2)).toBe(0);
    const opened = await openAgeFile(readFileSync(`${sealed}2`), PASSPHRASE);
    expect(opened).toEqual({ ok: true, value: utf8("written elsewhere") });
  });
});

/** @returns its exit code; types the passphrase as often as it is asked for */
function ageInTerminal(args: readonly string[], times: number): Promise<number | null> {
  const command = ["age", ...args].map((word) => `'${word}'`).join(" ");
  const terminal = spawn("script", ["-qec", command, "/dev/null"]);
  let asked = 0;
  terminal.stdout.on("data", (shown: Buffer) => {
    const prompts = shown.toString("utf8").match(/passphrase[^:]*:/gi)?.length ?? 0;
    for (let prompt = 0; prompt < prompts && asked < times; prompt++, asked++) {
      terminal.stdin.write(`${PASSPHRASE}\n`);
    }
  });
  return new Promise((resolve) => terminal.on("close", resolve));
}
