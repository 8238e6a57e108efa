/** The most elements a page is asked about, and the most text (data URLs, SVG) that comes back of them in all. */
export const MOST_ELEMENTS = 24;
export const MOST_CONTENT_CHARS = 24_000_000;

/** The most elements out of sight that a page is scrolled to. */
export const MOST_FURTHER_ELEMENTS = 12;
