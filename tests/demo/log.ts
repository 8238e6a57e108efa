const COLOURS = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const WIDTH = 54;

/** Writes what the demonstration does, line by line, with the time each step took. */
export const log = {
  title(text: string): void {
    console.log(`\n${paint("1", text)}`);
  },

  line(text: string): void {
    console.log(`  ${text}`);
  },

  /** Does one step and writes its line: what was done, how long it took, and what came of it. */
  async step<Value>(
    what: string,
    work: () => Promise<Value>,
    told?: (value: Value) => string,
  ): Promise<Value> {
    const started = performance.now();
    try {
      const value = await work();
      console.log(lineOf(paint("32", "✓"), what, started, told?.(value) ?? ""));
      return value;
    } catch (error) {
      console.log(lineOf(paint("31", "✗"), what, started, ""));
      throw error;
    }
  },

  /** The site's own word at the end of a job. */
  verdict(text: string): void {
    const accepted = text === "accepted";
    console.log(
      `  ${paint(accepted ? "32" : "31", accepted ? "✓" : "✗")} ${paint("1", `The site says: ${text}`)}`,
    );
  },
};

function lineOf(mark: string, what: string, started: number, told: string): string {
  const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6);
  return `  ${mark} ${what.padEnd(WIDTH)}${paint("2", `${seconds} s`)}  ${told}`.trimEnd();
}

/** @param code of the SGR sequence, e.g. "32" for green */
function paint(code: string, text: string): string {
  return COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text;
}
