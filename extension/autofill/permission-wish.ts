import type * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import { sessionItem } from "../platform/session-storage.ts";

/** What a person wished before the browser's question about an origin: it is done once that was answered with yes. */
export interface PermissionWish {
  readonly origin: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/**
 * "not-asked": the browser saw no click to ask for. Firefox counts the click alone, and nothing after the first wait that
 * followed it.
 */
export type PermissionAnswer = "granted" | "declined" | "not-asked";

/** Longer than anybody reads a prompt: a moment's wish that is granted later is not done any more (milliseconds). */
const FRESH_MS = 120_000;

/**
 * A place for one wish of a kind. The browser's question closes the popup that asks it, so the wish is stored before,
 * and whoever lives when it is answered (the popup, or else the worker) does it.
 *
 * @param key in session storage; the lock that the one who asks holds as long as it lives is named after it
 * @param promise what holds when whoever does it dies in the middle: "at-most-once" is for the moment, and forgets the wish
 *   before it is done; "at-least-once" forgets it afterwards, and does it however late the answer comes
 */
export function permissionWish<Wish extends PermissionWish>(
  key: string,
  schema: z.ZodMiniType<Wish>,
  promise: "at-most-once" | "at-least-once",
) {
  const item = sessionItem(key, schema);
  const lockName = `countersign-${key}`;

  return {
    /**
     * Asks for the wish's origin alone, to be called within the click, and goes on here if this page outlives the question.
     *
     * @returns what `then` says to the answer
     */
    async ask<Outcome>(wish: Wish, then: (answer: PermissionAnswer) => Promise<Outcome>): Promise<Outcome> {
      const finished = Promise.withResolvers<void>();
      // Held as long as this page lives: the worker gets it, and with it the wish, only when the page died.
      void navigator.locks.request(lockName, () => finished.promise);
      try {
        // Firefox asks only synchronously within the click: the wish is sent off, and waited for once the prompt is up.
        const stored = item.set(wish);
        const answer = await browser.permissions
          .request({ origins: [originPattern(wish.origin)] })
          .then((granted): PermissionAnswer => (granted ? "granted" : "declined"))
          .catch((): PermissionAnswer => "not-asked");
        await stored;
        if (answer !== "granted" || promise === "at-most-once") await item.remove();
        if (promise === "at-most-once") return await then(answer);
        // A failure is told here, too, and not left to others.
        return await then(answer).finally(() => item.remove());
      } finally {
        finished.resolve();
      }
    },

    /**
     * Does what was granted, in the worker, where the page that asked did not live to do it.
     *
     * @returns what `then` says; null where there was nothing to do
     */
    async doGranted<Outcome>(now: number, then: (wish: Wish) => Promise<Outcome>): Promise<Outcome | null> {
      return navigator.locks.request(lockName, async () => {
        const wish = await item.get();
        // Another permission's answer is no answer to this wish: it may still be asked about.
        if (wish === null || !(await isPermitted(wish.origin))) return null;
        if (promise === "at-most-once") {
          await item.remove();
          if (!isFresh(wish, now)) return null;
        }
        const outcome = await then(wish);
        if (promise === "at-least-once") await item.remove();
        return outcome;
      });
    },

    /**
     * Takes what was answered with no, where the page that asked did not live to say so: the browser tells nobody else.
     * The next popup says it.
     */
    takeDeclined(now: number): Promise<Wish | null> {
      return navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
        const wish = lock && (await item.get());
        // Permitted: the worker is about to take it.
        if (wish === null || (await isPermitted(wish.origin))) return null;
        await item.remove();
        return isFresh(wish, now) ? wish : null;
      });
    },
  };
}

function isFresh(wish: PermissionWish, now: number): boolean {
  return Math.abs(now - wish.at) <= FRESH_MS;
}

/** Whether the person has given the permission for an origin. */
export function isPermitted(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(origin)] });
}

/** Without the port: match patterns of Firefox know none, and the manifest asks for hosts at any port. */
export function originPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
