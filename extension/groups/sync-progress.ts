import { err, ok, type Result } from "../../shared/result.ts";

/**
 * How far long work in a group is. What comes for the first time: first its links, then its accounts. A new key: first each
 * account is encrypted anew, then all are sent.
 */
export type SyncProgress = {
  readonly what: "links" | "records" | "encrypting" | "sending";
  readonly done: number;
  readonly total: number;
};

/** What comes in a moment is not worth a word that flickers. */
const WORTH_SAYING = 200;

const running = new Map<string, SyncProgress>();
const watchers = new Set<() => void>();

/** Says how far it is, to whoever watches in this page; null: it is over, however it ended. */
export function saySyncProgress(g: string, progress: SyncProgress | null): void {
  if (progress === null ? !running.delete(g) : progress.total < WORTH_SAYING) return;
  if (progress !== null) running.set(g, progress);
  for (const watch of watchers) watch();
}

/** How far a group is; null where nothing comes, or little. */
export function syncProgressOf(g: string): SyncProgress | null {
  return running.get(g) ?? null;
}

/** @returns stops watching */
export function watchSyncProgress(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

/** Groups of which this page leaves something undone for now. Whoever watches hears of each change. */
function heldBack() {
  const groups = new Set<string>();
  const tell = () => {
    for (const watch of watchers) watch();
  };
  return {
    has: (g: string): boolean => groups.has(g),
    hold(g: string): void {
      if (groups.has(g)) return;
      groups.add(g);
      tell();
    },
    release(g: string): void {
      if (groups.delete(g)) tell();
    },
  };
}

const syncs = heldBack();

/**
 * Has this page get no more of a group for now. What is under way ends with the step that it is at: what has come stays,
 * whole. Other pages, and this one when it is opened anew, go on with the rest.
 */
export const stopSync = syncs.hold;

/** Takes that back: the next sync goes on. */
export const resumeSync = syncs.release;

export const isSyncStopped = syncs.has;

/** Whether it is a new key that is on its way, not what comes. */
export function isOfNewKey({ what }: SyncProgress): boolean {
  return what === "encrypting" || what === "sending";
}

const newKeys = heldBack();

/**
 * Has this page make no new key for a group for now. One that is being made ends with the step that it is at, as long as its
 * link is not sent: nothing has changed for anybody then.
 */
export const stopNewKey = newKeys.hold;

/** Takes that back. */
export const allowNewKey = newKeys.release;

export const isNewKeyStopped = newKeys.has;

/** Says how far a new key is, and whether it is to go on. To be called before each step of it. */
export function stepOfNewKey(g: string, progress: SyncProgress): Result<void, "key-stopped"> {
  saySyncProgress(g, progress);
  return isNewKeyStopped(g) ? err("key-stopped") : ok(undefined);
}
