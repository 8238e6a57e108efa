import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatTable } from "../bench/table.ts";
import { CHECKS } from "./checks.ts";
import { WITHOUT_CHECK } from "./without-check.ts";

/** What the tests of a run came to, as the JSON reporter of Vitest says it. */
type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

const folder = mkdtempSync(join(tmpdir(), "countersign-checks-"));
const rows: string[][] = [];
afterAll(() => {
  rmSync(folder, { recursive: true });
  const head = ["row", "check", "where", "without it"];
  console.log(formatTable("Each check of the client's, taken out of it", head, rows));
});

/** A test that passes without the check that it is for proves nothing. */
test.for(CHECKS.map((check, at) => ({ ...check, at })))(
  "$row: without the check of the $what its test fails",
  async ({ at, row, what, edits, test: [file, title] }) => {
    const { status, failureMessages } = await runOne(file, title, at);
    const why = (failureMessages[0] ?? "").split("\n")[0] ?? "";
    const files = [...new Set(edits.map((edit) => edit.file))].join(", ");
    rows.push([row, what, files, status === "failed" ? `failed: ${why.slice(0, 90)}` : status]);
    console.log(`${row} ${what}: ${status}`);
    expect(status).toBe("failed");
    // It has to fail by what it asks, or by waiting for what never ends (of which the reporter keeps no words), and not
    // because nothing runs any more.
    expect(why).toMatch(/^AssertionError|timed out|^Error: STACK_TRACE_ERROR$/);
  },
);

async function runOne(file: string, title: string, at: number) {
  const pattern = `${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
  const report = join(folder, `${at}.json`);
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "groups", file, "-t", pattern];
  const child = spawn(
    process.execPath,
    [...args, "--reporter=json", `--outputFile.json=${report}`, "--testTimeout=20000"],
    {
      env: { ...process.env, [WITHOUT_CHECK]: String(at), VITEST: "", NODE_ENV: "test" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [out, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  if (!existsSync(report)) throw Error(`the tests did not run: ${out}${errors}`);
  const { testResults }: Report = JSON.parse(readFileSync(report, "utf8"));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const result = results.find((each) => each.title === title);
  if (!result) throw Error(`${file} has no test ${title}`);
  return result;
}
