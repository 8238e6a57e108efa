import type { Box } from "../pixels.ts";

/** How the coordinates of a document lie in what is seen of the top document: scaled first, then moved. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
};

/** Of the top document: pinch zoom shows a part of the layout enlarged, and the screenshot shows what is seen. */
export function placeOfTop(view: Window): Place {
  const seen = view.visualViewport;
  const scale = seen?.scale ?? 1;
  return {
    x: -(seen?.offsetLeft ?? 0) * scale,
    y: -(seen?.offsetTop ?? 0) * scale,
    scaleX: scale,
    scaleY: scale,
  };
}

/** Of the document an element is in: the top one, or one in a frame of the same origin, as they lie just now. */
export function placeAround(element: Element, top: Window): Place {
  const view = element.ownerDocument.defaultView;
  const frame = view === null || view === top ? null : view.frameElement;
  if (frame === null) return placeOfTop(top);
  return placeInFrame(frame as HTMLElement, placeAround(frame, top));
}

/** Of the document in a frame: inside its border and padding, and scaled where a CSS transform scales the frame. */
export function placeInFrame(frame: HTMLElement, outer: Place): Place {
  const rect = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  const padding = { left: Number.parseFloat(style.paddingLeft), top: Number.parseFloat(style.paddingTop) };
  const scaleX = frame.offsetWidth > 0 ? rect.width / frame.offsetWidth : 1;
  const scaleY = frame.offsetHeight > 0 ? rect.height / frame.offsetHeight : 1;
  return {
    x: outer.x + (rect.x + (frame.clientLeft + padding.left) * scaleX) * outer.scaleX,
    y: outer.y + (rect.y + (frame.clientTop + padding.top) * scaleY) * outer.scaleY,
    scaleX: outer.scaleX * scaleX,
    scaleY: outer.scaleY * scaleY,
  };
}

/** The box of an element of the document that lies at a place, by way of its own prototype (see find-candidates). */
export function boxOf(element: Element, place: Place): Box {
  const rect = Element.prototype.getBoundingClientRect.call(element);
  return {
    x: place.x + rect.x * place.scaleX,
    y: place.y + rect.y * place.scaleY,
    width: rect.width * place.scaleX,
    height: rect.height * place.scaleY,
  };
}
