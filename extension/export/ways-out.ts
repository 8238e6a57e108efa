import type { Format, WrittenWay } from "../../shared/formats/format.ts";
import type { FormatId } from "../../shared/formats/index.ts";
import { WRITTEN_FORMATS } from "../../shared/formats/written.ts";

/** A format, written in one of its ways. */
export type WayOut = {
  readonly id: `${FormatId} ${WrittenWay}`;
  readonly format: Format & { readonly id: FormatId };
  readonly way: WrittenWay;
  /** The programs that are known to read it; none where every program of its kind does. */
  readonly readBy: readonly string[];
};

/** Every way out there is; of each kind those first that most programs read. */
export const WAYS_OUT: readonly WayOut[] = WRITTEN_FORMATS.flatMap(waysOf).toSorted(
  (a, b) => b.readBy.length - a.readBy.length,
);

function waysOf(format: Format & { readonly id: FormatId }): WayOut[] {
  // Object.entries gives the keys of the object above, which the compiler knows only as strings.
  const ways = Object.entries(format.readBy ?? {}) as [WrittenWay, readonly string[]][];
  return ways.map(([way, readBy]) => ({ id: `${format.id} ${way}`, format, way, readBy }));
}
