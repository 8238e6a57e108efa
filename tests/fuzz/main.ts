import { parseArgs } from "node:util";
import { formatTable } from "../bench/table.ts";
import { fuzzBombs, fuzzFormats, type Tally } from "./fuzz.ts";

/**
 * `npm run fuzz [-- --runs 10000] [--from SEED] [--format ID]`: broken and hostile files through every reader, each in a
 * process of little memory and with a limit of time. The last line on stdout is JSON. Fails where anything threw, hung,
 * died or gave what is no entry.
 */
const { values } = parseArgs({
  options: { runs: { type: "string" }, from: { type: "string" }, format: { type: "string" } },
});
const { format } = values;
const runs = Number(values.runs ?? (values.from === undefined ? 10_000 : 1));
const from = Number(values.from ?? 1);

const bombs = format === undefined ? await fuzzBombs() : [];
const formats = await fuzzFormats({ runs, from, ...(format === undefined ? {} : { formats: [format] }) });
const all = [...bombs, ...formats];

for (const fault of all.flatMap(({ faults }) => faults)) console.log(fault);
if (bombs.length > 0) console.log(table("Files that were made to do harm", bombs));
console.log(table(`Broken samples, seeds ${from} to ${from + runs - 1}`, formats));
const faults = all.reduce((sum, tally) => sum + tally.faults.length, 0);
const inputs = all.reduce((sum, tally) => sum + tally.runs, 0);
console.log(
  `\n${JSON.stringify({ inputs, faults, from, runs, formats: formats.length, bombs: bombs.length })}`,
);
process.exitCode = faults === 0 ? 0 : 1;

function table(title: string, tallies: readonly Tally[]): string {
  return formatTable(
    title,
    ["reader", "inputs", "accepted", "faults", "processor"],
    tallies.map(({ name, ...tally }) => [
      name,
      `${tally.runs}`,
      `${tally.accepted}`,
      `${tally.faults.length}`,
      `${(tally.worked / 1000).toFixed(1)} s`,
    ]),
  );
}
