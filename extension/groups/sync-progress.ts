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
