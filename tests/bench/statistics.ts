/** What repeated measurements come to. The machine is never quiet, so the middle and the quartiles say more than a mean. */
export type Spread = {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
};

/** Median, first and third quartile. Throws where there is nothing to sum up. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw Error("nothing was measured");
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    runs: values.length,
  };
}

function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return below + (above - below) * (at - Math.floor(at));
}
