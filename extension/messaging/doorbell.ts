import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import { RING, type RingAnswer, STOP } from "./protocol.ts";

/** The document a ring came from, as the browser says it: nothing of this is the message's own word. */
export interface Ringer {
  readonly tabId: number;
  /** Changes with every page the tab goes to; null in browsers that do not say. */
  readonly documentId: string | null;
  /** As in URL.origin. */
  readonly origin: string;
}

const ringSchema = z.literal(RING);

/** What the browser says about who sent a message; the page's own script can change none of it. */
export interface Sender {
  readonly id?: string | undefined;
  readonly origin?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/**
 * Answers rings, and nothing else. Whatever is not a ring of our own script in the top frame of a tab gets no answer at
 * all. The one message listener of the extension; to be called synchronously when the worker starts.
 *
 * @param onRing decides for the origin it is given, which a compromised page can't choose
 */
export function answerDoorbell(onRing: (ringer: Ringer) => Promise<RingAnswer>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
    const ringer = ringerOf(message, sender, browser.runtime.id);
    return ringer === null ? undefined : onRing(ringer);
  });
}

/** Guards, in this order: the one message, our own extension, a tab, its top frame, a web page's origin. */
export function ringerOf(message: unknown, sender: Sender, ownId: string): Ringer | null {
  if (!ringSchema.safeParse(message).success) return null;
  if (sender.id !== ownId) return null;
  const tabId = sender.tab?.id;
  if (tabId === undefined || tabId < 0) return null;
  if (sender.frameId !== 0) return null;
  const origin = sender.origin ?? originOf(sender.url);
  if (origin === null || !/^https?:\/\//.test(origin)) return null;
  return { tabId, documentId: sender.documentId ?? null, origin };
}

function originOf(url: string | undefined): string | null {
  return url === undefined ? null : (URL.parse(url)?.origin ?? null);
}

/**
 * Tells the scripts of all open tabs to end, but for those at these origins. They need no permission to be spoken to:
 * it is gone by now where it was taken away in the browser's own settings, and with it the address of the tab.
 */
export async function stopWatchersBut(origins: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({});
  const told = tabs.flatMap(({ id, url }) => {
    const origin = originOf(url);
    if (id === undefined || (origin !== null && origins.includes(origin))) return [];
    return [browser.tabs.sendMessage(id, STOP, { frameId: 0 }).catch(() => {})];
  });
  await Promise.all(told);
}
