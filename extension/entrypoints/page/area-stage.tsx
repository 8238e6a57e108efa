import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { areaBetween, moveArea, type Size, sizeArea } from "../../scan/area-box.ts";
import type { Box, Point } from "../../scan/pixels.ts";
import { announce } from "../../ui/announcer.tsx";
import { t } from "../../ui/i18n.ts";
import { useEscape } from "../../ui/use-escape.ts";

/** How much larger than fitting the window, step by step. */
const ZOOMS = [1, 1.5, 2, 3, 4] as const;
/** One press of an arrow key, in CSS pixels; with Ctrl it is one pixel of the picture. */
const STEP = 8;
/** Key presses follow each other: only the last place is worth saying (milliseconds). */
const SAY_AFTER_MS = 500;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The picture with the frame on it. Dragging with mouse, pen or finger draws a new frame, which is read as soon as it is
 * let go; keys move and size it, and Enter reads.
 *
 * @param props.size of the picture, in its pixels, which `box` is in as well
 */
export function AreaStage(props: {
  dataUrl: string;
  size: Size;
  box: Box;
  busy: "busy" | "idle";
  onBox: (box: Box) => void;
  onRead: (box: Box) => void;
  /** Escape, while no frame is being drawn: that one ends first. */
  onEscape: () => void;
}) {
  const { size, box } = props;
  const [zoom, setZoom] = useState(0);
  const [drawn, setDrawn] = useState<{ readonly from: Point; readonly box: Box | null } | null>(null);
  const view = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const saying = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    frame.current?.focus();
    return () => clearTimeout(saying.current);
  }, []);
  // The frame stays where the eye is, when its surroundings grow around it or it is pushed out of sight.
  useLayoutEffect(() => centre(view.current, frame.current), [zoom]);
  useLayoutEffect(() => {
    if (drawn === null) bringIntoView(view.current, frame.current);
  }, [box]);

  useEscape(() => (drawn === null ? props.onEscape() : setDrawn(null)));

  /** CSS pixels to one pixel of the picture. */
  const scale = () => (picture.current?.clientWidth ?? size.width) / size.width;
  const pointOf = (event: PointerEvent): Point => {
    const rect = picture.current?.getBoundingClientRect() ?? new DOMRect();
    return { x: (event.clientX - rect.left) / scale(), y: (event.clientY - rect.top) / scale() };
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "+" || event.key === "=" || event.key === "-") {
      event.preventDefault();
      return setZoom(within(zoom + (event.key === "-" ? -1 : 1)));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      return props.onRead(box);
    }
    const arrow = ARROWS[event.key];
    // Alt and an arrow key go back in the browser's history.
    if (arrow === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    const step = event.ctrlKey ? 1 : Math.max(1, Math.round(STEP / scale()));
    const by = { x: arrow.x * step, y: arrow.y * step };
    const next = event.shiftKey ? sizeArea(box, by, size) : moveArea(box, by, size);
    props.onBox(next);
    clearTimeout(saying.current);
    saying.current = setTimeout(() => announce(placeText(next)), SAY_AFTER_MS);
  };

  const onDown = (event: PointerEvent) => {
    if (!event.isPrimary || event.button !== 0 || props.busy === "busy") return;
    event.preventDefault();
    picture.current?.setPointerCapture(event.pointerId);
    frame.current?.focus({ preventScroll: true });
    setDrawn({ from: pointOf(event), box: null });
  };
  const onMove = (event: PointerEvent) => {
    if (drawn && event.isPrimary) setDrawn({ ...drawn, box: areaBetween(drawn.from, pointOf(event), size) });
  };
  const onUp = (event: PointerEvent) => {
    if (!drawn || !event.isPrimary) return;
    const next = areaBetween(drawn.from, pointOf(event), size);
    setDrawn(null);
    // A mere click means nothing: the frame stays.
    if (next === null) return;
    props.onBox(next);
    props.onRead(next);
  };

  const shown = drawn?.box ?? box;
  return (
    <>
      <div class="area-view" ref={view}>
        <div
          class="area-picture"
          ref={picture}
          style={{ "--aspect": size.width / size.height, "--zoom": ZOOMS[zoom] ?? 1 }}
          onPointerDown={onDown}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={() => setDrawn(null)}
        >
          <img src={props.dataUrl} alt={t("area.picture")} draggable={false} />
          {/* A thing of its own, which takes the arrow keys: screen readers must pass them on. */}
          <div
            class="area-frame"
            ref={frame}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and sized by keys
            tabIndex={0}
            role="application"
            aria-label={`${t("area.frame")}: ${placeText(box)}`}
            aria-describedby="area-keys"
            style={placed(shown, size)}
            onKeyDown={onKey}
          />
        </div>
      </div>
      <div class="line wrap" aria-busy={props.busy === "busy"}>
        <button
          type="button"
          class="button primary"
          disabled={props.busy === "busy"}
          onClick={() => props.onRead(box)}
        >
          {t(props.busy === "busy" ? "area.reading" : "area.read")}
        </button>
        <span class="line area-zoom">
          <ZoomButton sign="−" label={t("area.zoom-out")} onZoom={() => setZoom(within(zoom - 1))} />
          <span class="small dim">{t("area.zoom", { percent: (ZOOMS[zoom] ?? 1) * 100 })}</span>
          <ZoomButton sign="+" label={t("area.zoom-in")} onZoom={() => setZoom(within(zoom + 1))} />
        </span>
      </div>
      <p id="area-keys" class="small dim">
        {t("area.keys")}
      </p>
    </>
  );
}

function ZoomButton(props: { sign: string; label: string; onZoom: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={props.label} onClick={props.onZoom}>
      <span aria-hidden="true">{props.sign}</span>
    </button>
  );
}

function within(zoom: number): number {
  return Math.min(ZOOMS.length - 1, Math.max(0, zoom));
}

function placeText(box: Box): string {
  return t("area.place", { left: box.x, top: box.y, width: box.width, height: box.height });
}

/** From the left, whatever the language: the picture is not mirrored. */
function placed(box: Box, size: Size) {
  return {
    left: `${(box.x / size.width) * 100}%`,
    top: `${(box.y / size.height) * 100}%`,
    width: `${(box.width / size.width) * 100}%`,
    height: `${(box.height / size.height) * 100}%`,
  };
}

function centre(view: HTMLElement | null, frame: HTMLElement | null): void {
  if (view === null || frame === null) return;
  view.scrollLeft = frame.offsetLeft + frame.offsetWidth / 2 - view.clientWidth / 2;
  view.scrollTop = frame.offsetTop + frame.offsetHeight / 2 - view.clientHeight / 2;
}

function bringIntoView(view: HTMLElement | null, frame: HTMLElement | null): void {
  if (view === null || frame === null) return;
  const [right, bottom] = [frame.offsetLeft + frame.offsetWidth, frame.offsetTop + frame.offsetHeight];
  if (right > view.scrollLeft + view.clientWidth) view.scrollLeft = right - view.clientWidth;
  if (bottom > view.scrollTop + view.clientHeight) view.scrollTop = bottom - view.clientHeight;
  if (frame.offsetLeft < view.scrollLeft) view.scrollLeft = frame.offsetLeft;
  if (frame.offsetTop < view.scrollTop) view.scrollTop = frame.offsetTop;
}
