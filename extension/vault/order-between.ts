type Ordered = { readonly id: string; readonly order: number };

/** By order; the id decides where two are equal, so that every page shows the same sequence. */
export function byOrder(a: Ordered, b: Ordered): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

/** The order that puts a new entry behind all others. */
export function orderAtEnd(rows: readonly Ordered[]): number {
  return rows.reduce((last, { order }) => Math.max(last, order), 0) + 1;
}

/**
 * The orders to change so that `id` comes right before another entry, or last.
 *
 * @returns one new order usually; all of them where two neighbours are so close that no number fits between
 */
export function moveBefore(rows: readonly Ordered[], id: string, before: string | null): Map<string, number> {
  const others = rows.filter((row) => row.id !== id).sort(byOrder);
  const found = others.findIndex((row) => row.id === before);
  const at = found === -1 ? others.length : found;
  const low = others[at - 1]?.order;
  const high = others[at]?.order;
  const between = orderBetween(low, high);
  if ((low === undefined || low < between) && (high === undefined || between < high)) {
    return new Map([[id, between]]);
  }
  const sequence = [
    ...others.slice(0, at).map((row) => row.id),
    id,
    ...others.slice(at).map((row) => row.id),
  ];
  return new Map(sequence.map((each, position) => [each, position + 1]));
}

function orderBetween(low: number | undefined, high: number | undefined): number {
  if (low === undefined) return high === undefined ? 1 : high - 1;
  return high === undefined ? low + 1 : (low + high) / 2;
}
