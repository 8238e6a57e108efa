/**
 * All that is ever said between a page's script and the extension, as docs/decisions/0011 has it. Neither message
 * carries anything: who sent it and from where is the browser's to say.
 */

/** From the script in a page to the worker: a field for a code is there, or may be, in a page that was gone back to. */
export const RING = "field-is-there";
/** From the worker to such scripts: end, and leave nothing behind. */
export const STOP = "stop-watching";

/** What the worker answers to a ring: the script goes on watching its page, or ends. A code is never in it. */
export type RingAnswer = "keep" | "stop";
