/** How far a group has come on its way here, where there is much to come: first its links, then its accounts. */
export type SyncProgress = {
  readonly what: "links" | "records";
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

const stopped = new Set<string>();

/**
 * Has this page get no more of a group for now. What is under way ends with the step that it is at: what has come stays,
 * whole. Other pages, and this one when it is opened anew, go on with the rest.
 */
export function stopSync(g: string): void {
  if (stopped.has(g)) return;
  stopped.add(g);
  for (const watch of watchers) watch();
}

/** Takes that back: the next sync goes on. */
export function resumeSync(g: string): void {
  if (!stopped.delete(g)) return;
  for (const watch of watchers) watch();
}

export function isSyncStopped(g: string): boolean {
  return stopped.has(g);
}
