import { useMemo, useRef } from "preact/hooks";
import type { IndexRow } from "../../../vault/index-row.ts";

type Used = Pick<IndexRow, "uses" | "lastUsedAt">;

/**
 * The rows with the uses they had when they were first seen here. A list that is ordered by use would otherwise move the
 * row away under the finger that has just copied its code.
 */
export function useSteadyOrder(rows: readonly IndexRow[]): readonly IndexRow[] {
  const first = useRef(new Map<string, Used>());
  return useMemo(
    () =>
      rows.map((row) => {
        const seen = first.current.get(row.id);
        if (seen) return { ...row, ...seen };
        first.current.set(row.id, { uses: row.uses, lastUsedAt: row.lastUsedAt });
        return row;
      }),
    [rows],
  );
}
