import type { JSX } from "preact";

/** The glyphs of the interface, drawn on an 18-pixel grid in the colour of the text around them. */
const GLYPHS = {
  area: "M3 6V4a1 1 0 0 1 1-1h2M8 3h2M12 3h2a1 1 0 0 1 1 1v2M15 8v2M15 12v2a1 1 0 0 1-1 1h-2M10 15H8M6 15H4a1 1 0 0 1-1-1v-2M3 10V8",
  add: "M9 3.5v11M3.5 9h11",
  back: "M10.5 4 5.5 9l5 5",
  camera:
    "M2.500 6h3l1.200-2h4.600l1.200 2h3v8.500h-13zM9 12.500a2.600 2.600 0 1 0 0-5.200 2.600 2.600 0 0 0 0 5.200Z",
  check: "m4 9.5 3.5 3.5L14 5.5",
  clock: "M9 15.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM9 5.5V9l2.5 1.5",
  close: "m5 5 8 8m0-8-8 8",
  copy: "M7 6.5h6.5a1 1 0 0 1 1 1V14a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V7.500a1 1 0 0 1 1-1ZM3.500 11.500V4a1 1 0 0 1 1-1H12",
  download: "M9 3v8.500m0 0 3-3m-3 3-3-3M3.500 14.500h11",
  edit: "m3.500 14.500.6-3 7.600-7.600a1.400 1.400 0 0 1 2 0l.4.4a1.400 1.400 0 0 1 0 2l-7.600 7.600-3 .6Z",
  eye: "M1.800 9S4.300 4.200 9 4.200 16.200 9 16.200 9 13.700 13.800 9 13.800 1.800 9 1.800 9ZM9 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  gear: "M7.700 2.200h2.600l.4 1.800 1.200.7 1.800-.6 1.300 2.300-1.400 1.200v1.400l1.400 1.200-1.300 2.300-1.800-.6-1.200.7-.4 1.800H7.700l-.4-1.800-1.200-.7-1.800.6L3 10.200 4.400 9V7.600L3 6.400l1.300-2.300 1.800.6 1.200-.7.4-1.800ZM9 10.300a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  grip: "M7 4.500h.01M11 4.500h.01M7 9h.01M11 9h.01M7 13.500h.01M11 13.500h.01",
  image: "M3.500 3.500h11v11h-11zM3.500 12l3.500-3.500 3 3 1.500-1.500 3 3M11.500 7h.01",
  info: "M9 15.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM9 8.500V12M9 6h.01",
  key: "M12 10.500a4 4 0 1 0-3.800-2.700L3 13v2.500h3v-2h2v-2l1.300-1.300a4 4 0 0 0 2.700.300ZM12.500 5.500h.01",
  keyboard: "M2 5h14v8.500H2zM5 8h.01M8 8h.01M11 8h.01M13.500 8h.01M5.500 11h7",
  lock: "M5 8h8a1.500 1.500 0 0 1 1.500 1.500v4A1.500 1.500 0 0 1 13 15H5a1.500 1.500 0 0 1-1.500-1.500v-4A1.500 1.500 0 0 1 5 8ZM6 8V6a3 3 0 0 1 6 0v2",
  more: "M9 4.500h.01M9 9h.01M9 13.500h.01",
  open: "M7.500 4H4v10h10v-3.500M10.500 3.500h4v4M14 4 8.500 9.500",
  organisation:
    "M4 15.500V3h6.500v12.500M10.500 7.500H14v8M2.500 15.500h13M6.500 6h1.500M6.500 9h1.500M6.500 12h1.500",
  pin: "M6.500 3h5l-.5 4.500 2 2.500H5l2-2.500L6.500 3ZM9 10v5",
  print:
    "M5 7V3h8v4M5 12.5H3.500a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v3.500a1 1 0 0 1-1 1H13M5 10.500h8V15H5z",
  refresh: "M14.500 9a5.500 5.500 0 1 1-1.600-3.900L14.500 6.500M14.500 3v3.500H11",
  scan: "M3 6.500V4a1 1 0 0 1 1-1h2.500M11.500 3H14a1 1 0 0 1 1 1v2.500M15 11.500V14a1 1 0 0 1-1 1h-2.500M6.500 15H4a1 1 0 0 1-1-1v-2.500M6.500 6.500h2v2h-2zM9.500 9.500h2v2h-2z",
  search: "M8 13A5 5 0 1 0 8 3a5 5 0 0 0 0 10ZM11.700 11.700 15 15",
  trash: "M3.500 5h11M7 5V3.500h4V5M5 5l.600 9.500h6.800L13 5M7.500 8v4M10.500 8v4",
  window: "M2.500 3.500h13v11h-13zM2.500 6.500h13M4.500 5h.01",
  warn: "M9 3 16 15H2L9 3ZM9 7.500V11M9 13h.01",
} as const;

export type GlyphName = keyof typeof GLYPHS;

/** A glyph; purely decorative, so whatever it stands in carries the words. */
export function Glyph({ name, size = 18 }: { name: GlyphName; size?: number }): JSX.Element {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" || name === "grip" ? 2.4 : 1.6}
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={GLYPHS[name]} />
    </svg>
  );
}
