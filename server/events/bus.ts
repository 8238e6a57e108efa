/** Somewhere to look again: a group's log went on, and these are the users whose place in it has changed. */
export type GroupChange = { readonly g: string; readonly users: readonly string[] };

/** "anything": something may have been missed; "closed": the server stops, and says no more. */
export type News = GroupChange | "anything" | "closed";

/**
 * Carries the news from whoever appends to whoever watches. It carries no data: who hears it looks into the database, so
 * that what gets lost or comes twice does no harm.
 */
export type Bus = {
  publish(change: GroupChange): void;
  /** Hears all news from now on. @returns what ends it, or null where that user listens so often already */
  listen(userId: string, hear: (news: News) => void): (() => void) | null;
  close(): Promise<void>;
};

/** Each of somebody's devices listens once while a page is open. One that vanished counts until its connection is given up. */
export const MOST_LISTENERS = 20;

/** Within one process: for SQLite, which one process serves. */
export function localBus(): Bus & { publish(news: News): void } {
  const listeners = new Set<{ readonly userId: string; readonly hear: (news: News) => void }>();
  let isClosed = false;
  const publish = (news: News) => {
    for (const { hear } of [...listeners]) hear(news);
  };
  return {
    publish,
    listen(userId, hear) {
      const theirs = [...listeners].filter((listener) => listener.userId === userId);
      if (theirs.length >= MOST_LISTENERS) return null;
      const listener = { userId, hear };
      listeners.add(listener);
      if (isClosed) hear("closed");
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      publish("closed");
    },
  };
}
