import { test } from "vitest";

/**
 * Whether everything is to be gone through, as `npm run test:long` does (vitest.long.config.ts), or, of what differs little
 * (languages, themes, ways of showing a code), only what stands for the rest, so that `npm test` ends in good time.
 */
export const isThorough = process.env.THOROUGH !== undefined;

/**
 * A test that `npm test` leaves to the long run, because a test nearer to the code holds the same: it is not counted as
 * skipped there.
 */
export const thoroughTest: (title: string, body: () => Promise<void>) => void = isThorough ? test : () => {};
