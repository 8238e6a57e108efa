/** In CSS pixels: what may tremble in a click, and how near the edge a list begins to scroll. */
const STILL = 4;
const EDGE = 48;
/** In CSS pixels a second, at the edge itself; the longer the pointer stays there, the faster, up to so many times that. */
const SPEED = 900;
const FASTEST = 12;

export interface PointerFollower {
  /** What can be seen of the list, in the coordinates of the window. */
  readonly view: () => { readonly top: number; readonly bottom: number };
  readonly scrollBy: (pixels: number) => void;
  /** The pointer has moved far enough to mean it. @returns whether it is followed any further */
  readonly onBegin: () => boolean;
  /** It lies at this height of the window, or the list has scrolled under it. */
  readonly onMove: (clientY: number) => void;
  readonly onEnd: (how: "dropped" | "cancelled") => void;
}

/**
 * Follows a pointer that was pressed until it is let go, scrolling near the edges. Escape, a second pointer, a gesture that
 * the browser takes over and a window that loses the focus cancel it. A press that does not move is left alone: it is a click.
 *
 * @param holder gets the pointer, wherever it goes; it has to stay in the document meanwhile
 * @returns stops following, as cancelled
 */
export function followPointer(
  press: { readonly pointerId: number; readonly clientY: number },
  holder: HTMLElement,
  on: PointerFollower,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let y = press.clientY;
  let hasBegun = false;
  let frame = 0;
  let frameAt = 0;
  let atEdgeMs = 0;

  const end = (how: "dropped" | "cancelled") => {
    if (signal.aborted) return;
    listening.abort();
    cancelAnimationFrame(frame);
    if (!hasBegun) return;
    swallowClick();
    on.onEnd(how);
  };
  const scroll = (at: number) => {
    const elapsed = Math.min(100, at - (frameAt || at));
    frameAt = at;
    const depth = depthAtEdge(y, on.view());
    atEdgeMs = depth === 0 ? 0 : atEdgeMs + elapsed;
    if (depth !== 0) {
      const faster = Math.min(FASTEST, 1 + (atEdgeMs / 1000) * 2);
      on.scrollBy((depth * SPEED * faster * elapsed) / 1000);
      on.onMove(y);
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return;
    y = event.clientY;
    if (!hasBegun) {
      if (Math.abs(y - press.clientY) < STILL) return;
      hasBegun = true;
      if (!on.onBegin()) {
        swallowClick();
        return listening.abort();
      }
      holder.setPointerCapture(press.pointerId);
      frame = requestAnimationFrame(scroll);
    }
    on.onMove(y);
  };

  document.addEventListener("pointermove", move, { signal });
  document.addEventListener(
    "pointerup",
    ({ pointerId }) => end(pointerId === press.pointerId ? "dropped" : "cancelled"),
    { signal },
  );
  document.addEventListener(
    "pointerdown",
    // The press itself may still be on its way up.
    ({ pointerId }) => pointerId !== press.pointerId && end("cancelled"),
    { signal },
  );
  for (const ending of ["pointercancel", "contextmenu"] as const)
    document.addEventListener(ending, () => end("cancelled"), { signal });
  addEventListener("blur", () => end("cancelled"), { signal });
  const onKey = (event: KeyboardEvent) => {
    if (!hasBegun) return;
    // Nothing else happens to a row that is in the hand, and Escape does not close the popup as well.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") end("cancelled");
  };
  addEventListener("keydown", onKey, { signal, capture: true });
  return () => end("cancelled");
}

/** From -1 (at the upper edge, or beyond) to 1 (at the lower one); 0 where nothing scrolls. */
function depthAtEdge(y: number, { top, bottom }: { top: number; bottom: number }): number {
  const edge = Math.min(EDGE, (bottom - top) / 4);
  if (y < top + edge) return -Math.min(1, (top + edge - y) / edge);
  if (y > bottom - edge) return Math.min(1, (y - bottom + edge) / edge);
  return 0;
}

/** Letting go would count as a click on whatever lies there, if the browser makes one of it. */
function swallowClick(): void {
  const swallowing = new AbortController();
  addEventListener("click", (event) => event.stopPropagation(), { signal: swallowing.signal, capture: true });
  const stop = () => setTimeout(() => swallowing.abort());
  // Cancelled by key, the button is still held down.
  addEventListener("pointerup", stop, { signal: swallowing.signal });
  addEventListener("pointerdown", () => swallowing.abort(), { signal: swallowing.signal, capture: true });
}
