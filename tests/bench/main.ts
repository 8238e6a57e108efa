import { benchPopup } from "./popup.ts";
import { benchScan } from "./scan.ts";
import { benchWatch } from "./watch.ts";

/** What one bench has measured: tables for people, and the same numbers for programs. */
export type BenchReport = { readonly text: string; readonly numbers: object };

const BENCHES: Readonly<Record<string, () => Promise<BenchReport>>> = {
  popup: benchPopup,
  scan: benchScan,
  watch: benchWatch,
};

/** `npm run bench [-- name…]`: runs the named benches, or all. The last line on stdout is JSON with every number. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(" or ")}. There is: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}

const numbers: Record<string, object> = {};
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const report = await run();
  console.log(report.text);
  numbers[name] = report.numbers;
}
console.log(`\n${JSON.stringify(numbers)}`);
