/**
 * Whether everything is to be gone through, as `npm run test:long` does (vitest.long.config.ts), or, of what differs little
 * (languages, themes, ways of showing a code), only what stands for the rest, so that `npm test` ends in good time.
 */
export const isThorough = process.env.THOROUGH !== undefined;
