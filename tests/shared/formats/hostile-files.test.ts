import { expect, test } from "vitest";
import { FORMATS } from "../../../shared/formats/index.ts";
import { fuzzBombs, fuzzFormats } from "../../fuzz/fuzz.ts";

/** On a machine with much else to do; by itself both take a few seconds. */
const PATIENCE = 300_000;

// Each in a process with 256 MB for JavaScript, with ten seconds of the processor for a file: tests/fuzz/fuzz.ts.

test(
  "broken samples make no reader throw, hang, run out of memory or accept what is no entry",
  async () => {
    const tallies = await fuzzFormats({ runs: 500 });
    expect(tallies.flatMap(({ faults }) => faults)).toEqual([]);
    expect(tallies.map(({ runs }) => runs)).toEqual(FORMATS.map(() => 500));
  },
  PATIENCE,
);

test(
  "nor do files that were made to do harm",
  async () => {
    const tallies = await fuzzBombs();
    expect(tallies.flatMap(({ faults }) => faults)).toEqual([]);
  },
  PATIENCE,
);
