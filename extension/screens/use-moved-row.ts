import { useLayoutEffect, useRef } from "preact/hooks";
import type { PlacedItem } from "../ui/window-rows.ts";
import type { IndexRow } from "../vault/index-row.ts";
import type { RowCommand } from "./list-keys.ts";

/**
 * Brings a row that a command moves into sight again, once the list has come in its new order: who moves it press by press
 * would lose it at the edge.
 *
 * @param placed all rows, as they stand now
 * @param show scrolls to a row, where it is not in sight
 * @returns to be called with each command, before it runs
 */
export function useMovedRow(
  placed: readonly PlacedItem<unknown, IndexRow>[],
  show: (id: string) => void,
): (command: RowCommand, row: IndexRow) => void {
  const moving = useRef<{ readonly id: string; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    if (moving.current === null) return;
    const { id, top } = moving.current;
    const now = placed.find(({ item }) => item.kind === "row" && item.row.id === id);
    // Something else has changed first; what moves is still to come.
    if (now?.top === top) return;
    moving.current = null;
    if (now) show(id);
  }, [placed]);
  return (command, row) => {
    moving.current = null;
    if (command !== "up" && command !== "down") return;
    const at = placed.findIndex(({ item }) => item.kind === "row" && item.row.id === row.id);
    const [own, neighbour] = [placed[at], placed[command === "up" ? at - 1 : at + 1]];
    // At the end of its section it stays where it is.
    if (own && neighbour?.item.kind === "row") moving.current = { id: row.id, top: own.top };
  };
}
