import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { beforeWhom, placeUnder, withMoved } from "../ui/drop-place.ts";
import type { PointerFollower } from "../ui/follow-pointer.ts";
import type { Section, SectionKind } from "../ui/list-sections.ts";
import { HEADER_HEIGHT, placeSections, ROW_HEIGHT } from "../ui/window-rows.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { byOrder } from "../vault/order-between.ts";

/** Where a row that was let go is to stand: before which entry in the order of all, and what that is in its section. */
export interface DropPlace {
  readonly before: string | null;
  /** From 1. */
  readonly place: number;
  readonly count: number;
}

/** `top` is that of the row in the hand, in CSS pixels from the top of the list; null once it was let go. */
interface Dragged {
  readonly id: string;
  readonly to: number;
  readonly top: number | null;
}

export interface RowDrag {
  /** The element that the rows are placed in, whether it scrolls by itself or with the page. */
  readonly list: RefObject<HTMLElement | null>;
  readonly rows: readonly IndexRow[];
  readonly sections: readonly Section<IndexRow>[];
  readonly scroller: Pick<PointerFollower, "view" | "scrollBy">;
  /** @returns whether a row of this section may be moved; where it may not, it has been said why */
  readonly onBegin: (section: SectionKind) => boolean;
  /** Resolves to whether the row stands there now. */
  readonly onDrop: (row: IndexRow, place: DropPlace) => Promise<boolean>;
}

/**
 * Lets rows of a list be dragged by their grip, within their section. What follows the pointer is loaded at the first
 * press: a popup that is opened for a code has no use for it.
 */
export function useRowDrag(props: RowDrag) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  // A drag outlasts many drawings, and goes by what is true at the last one.
  const latest = useRef({ ...props, dragged });
  latest.current = { ...props, dragged };
  const stop = useRef<(() => void) | null>(null);
  /** A row that was let go, until the list has come in its new order. */
  const settling = useRef<PromiseWithResolvers<void> | null>(null);
  const settle = () => {
    settling.current?.resolve();
    settling.current = null;
    setDragged((now) => (now?.top === null ? null : now));
  };
  useEffect(() => () => stop.current?.(), []);
  useEffect(settle, [props.rows]);

  const sections = useMemo(
    () => (dragged === null ? props.sections : props.sections.map((section) => rearranged(section, dragged))),
    [props.sections, dragged?.id, dragged?.to],
  );
  const placed = useMemo(() => placeSections(sections), [sections]);

  const follow = async (press: PointerEvent, row: IndexRow) => {
    let isHeld = true;
    const letGo = () => {
      isHeld = false;
    };
    addEventListener("pointerup", letGo, { once: true, capture: true });
    // One drag at a time: the next begins in the order that the last one made.
    const [{ followPointer }] = await Promise.all([
      import("../ui/follow-pointer.ts"),
      settling.current?.promise,
    ]);
    removeEventListener("pointerup", letGo, { capture: true });
    const list = latest.current.list.current;
    const sectionNow = () => latest.current.sections.find(({ rows }) => rows.some(({ id }) => id === row.id));
    if (!isHeld || list === null) return;
    // Rows are found in the list as the person sees it, which scrolls meanwhile.
    const listTop = () => list.getBoundingClientRect().top - list.scrollTop;
    const topOf = (id: string | undefined) =>
      placeSections(latest.current.sections).placed.find(
        ({ item }) => item.kind === "row" && item.row.id === id,
      )?.top ?? 0;
    /** Past the end of its section nothing is to be found: scrolling ends once that end is seen. */
    const isAtEnd = (pixels: number) => {
      const { to } = latest.current.dragged ?? { to: -1 };
      const last = (sectionNow()?.rows.length ?? 0) - 1;
      const slot = listTop() + firstTop + to * ROW_HEIGHT;
      const { top, bottom } = props.scroller.view();
      return pixels < 0
        ? to === 0 && slot >= top + HEADER_HEIGHT
        : to === last && slot + ROW_HEIGHT <= bottom;
    };
    const grabbedAt = press.clientY - listTop() - topOf(row.id);
    const firstTop = topOf(sectionNow()?.rows[0]?.id);
    stop.current = followPointer(press, list, {
      view: props.scroller.view,
      scrollBy: (pixels) => {
        if (!isAtEnd(pixels)) props.scroller.scrollBy(pixels);
      },
      onBegin: () => {
        const section = sectionNow();
        return section !== undefined && latest.current.onBegin(section.kind);
      },
      onMove: (clientY) => {
        const count = sectionNow()?.rows.length ?? 0;
        if (count === 0) return stop.current?.();
        const wanted = clientY - listTop() - grabbedAt;
        const lastTop = firstTop + (count - 1) * ROW_HEIGHT;
        // Not beyond its section: below the last row it would make the list longer.
        const top = Math.max(firstTop, Math.min(lastTop, wanted));
        setDragged({ id: row.id, to: placeUnder(top, firstTop, count), top });
      },
      onEnd: (how) => {
        stop.current = null;
        const { dragged: last, rows, onDrop } = latest.current;
        const ids = sectionNow()?.rows.map(({ id }) => id) ?? [];
        if (how === "cancelled" || last === null || last.to === ids.indexOf(row.id)) return setDragged(null);
        setDragged({ ...last, top: null });
        settling.current = Promise.withResolvers();
        const all = [...rows].sort(byOrder).map(({ id }) => id);
        const place = {
          before: beforeWhom(ids, all, row.id, last.to),
          place: last.to + 1,
          count: ids.length,
        };
        void onDrop(row, place).then((isDone) => {
          if (!isDone) settle();
        });
      },
    });
  };

  return {
    /** With the row in the hand where it would be let go. */
    placed,
    /** The row in the hand. */
    draggedId: dragged !== null && dragged.top !== null ? dragged.id : null,
    /** Where a row is drawn: under the pointer, while it is in the hand. */
    topOf: (id: string, top: number) => (dragged?.id === id && dragged.top !== null ? dragged.top : top),
    /** To be called with the press on a row's grip. */
    onGrip: (press: PointerEvent, row: IndexRow) => {
      if (press.button !== 0 || !press.isPrimary) return;
      stop.current?.();
      void follow(press, row);
    },
  };
}

/** For a list that scrolls by itself. */
export function scrollerOf(list: RowDrag["list"]): RowDrag["scroller"] {
  return {
    view: () => list.current?.getBoundingClientRect() ?? { top: 0, bottom: 0 },
    scrollBy: (pixels) => list.current?.scrollBy(0, pixels),
  };
}

function rearranged(section: Section<IndexRow>, { id, to }: Dragged): Section<IndexRow> {
  const from = section.rows.findIndex((row) => row.id === id);
  return from === -1 ? section : { ...section, rows: withMoved(section.rows, from, to) };
}
