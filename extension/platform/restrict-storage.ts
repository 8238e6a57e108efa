import { browser } from "./browser.ts";

type RestrictableArea = object & {
  setAccessLevel?: (options: { accessLevel: "TRUSTED_CONTEXTS" }) => Promise<void>;
};

/**
 * Keeps content scripts out of every storage area; the worker calls it at each start. Chromium lets them read
 * storage.local otherwise. Firefox has no such switch: there storage.local stays readable to them, which is one more
 * reason why it holds only what may be known.
 */
export async function restrictStorage(): Promise<void> {
  const { session, local, sync, managed } = browser.storage;
  await Promise.all([session, local, sync, managed].map(restrict));
}

async function restrict(area: object | undefined): Promise<void> {
  // The polyfill's types leave the method out; it passes the browser's own one through.
  await (area as RestrictableArea | undefined)?.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}
