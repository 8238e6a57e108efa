import { execFileSync } from "node:child_process";
import { benchImport } from "./import.ts";
import { benchMfa } from "./mfa.ts";
import { benchPopup } from "./popup.ts";
import { benchScan } from "./scan.ts";
import { benchSync } from "./sync.ts";
import { benchWatch } from "./watch.ts";

/** What one bench has measured: tables for people, and the same numbers for programs. */
export type BenchReport = { readonly text: string; readonly numbers: object };

const BENCHES: Readonly<Record<string, () => Promise<BenchReport>>> = {
  import: benchImport,
  mfa: benchMfa,
  popup: benchPopup,
  scan: benchScan,
  sync: benchSync,
  watch: benchWatch,
};
/** Those that need neither the built extension nor a browser. */
const IN_NODE = new Set(["import", "mfa"]);

/** `npm run bench [-- name…]`: runs the named benches, or all. The last line on stdout is JSON with every number. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(" or ")}. There is: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}

const chosen = Object.entries(BENCHES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
if (chosen.some(([name]) => !IN_NODE.has(name))) {
  const prepare = new URL("../support/prepare.ts", import.meta.url).pathname;
  execFileSync(process.execPath, [prepare, "--chromium-only"], { stdio: "inherit" });
}

const numbers: Record<string, object> = {};
for (const [name, run] of chosen) {
  const report = await run();
  console.log(report.text);
  numbers[name] = report.numbers;
}
console.log(`\n${JSON.stringify(numbers)}`);
