/** The address a frame was given: the page's claim, it may have moved on since. Null where it has none that can be used. */
export function frameAddress(frame: Element): string | null {
  const src = Element.prototype.getAttribute.call(frame, "src");
  if (src === null || src.length > 4096) return null;
  return URL.canParse(src, location.href) ? new URL(src, location.href).href.slice(0, 4096) : null;
}
