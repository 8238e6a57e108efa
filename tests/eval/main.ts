import { resolve } from "node:path";
import { evalImport } from "./import.ts";
import { evalUri } from "./uri.ts";

/** What one evaluation found: lines for people, and the numbers for programs. */
export type EvalReport = { readonly text: string; readonly numbers: object };

type Evaluation = (path: string, options: { readonly isVerbose: boolean }) => Promise<EvalReport>;

const EVALUATIONS: Readonly<Record<string, Evaluation>> = { import: evalImport, uri: evalUri };

/**
 * `npm run eval -- import DIR [--verbose]` and `npm run eval -- uri FILE.json [--verbose]`: runs the production readers
 * over samples and holds them to their truth. The last line on stdout is JSON with the numbers. Ends well whatever was
 * wrong with the samples; 2 stands for a command that is none.
 */
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const [name = "", path] = words;
const run = Object.hasOwn(EVALUATIONS, name) ? EVALUATIONS[name] : undefined;
if (run === undefined || path === undefined) {
  console.error("npm run eval -- import DIR [--verbose]\nnpm run eval -- uri FILE.json [--verbose]");
  process.exit(2);
}
try {
  const report = await run(resolve(path), { isVerbose: process.argv.includes("--verbose") });
  console.log(report.text);
  console.log(`\n${JSON.stringify(report.numbers)}`);
} catch (error) {
  console.error(`${path} could not be evaluated: ${error instanceof Error ? error.message : error}`);
  process.exit(2);
}
