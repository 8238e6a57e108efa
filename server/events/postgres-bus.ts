import pg from "pg";
import { type Bus, type GroupChange, localBus } from "./bus.ts";

const CHANNEL = "countersign_group";
const RETRY_MS = 1_000;

/**
 * Between the processes that serve one PostgreSQL, by its LISTEN and NOTIFY. While its connection is lost, those who watch
 * find out by looking now and then; once it is back they look at once.
 */
export async function postgresBus(url: string): Promise<Bus> {
  const local = localBus();
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on("notification", ({ payload }) => local.publish(parseChange(payload)));
    // What follows an error is the end.
    next.on("error", () => {});
    next.on("end", () => {
      if (client === next) client = null;
      connectLater();
    });
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
    local.publish("anything");
  }

  function connectLater(): void {
    if (isClosed || retry !== undefined) return;
    retry = setTimeout(() => {
      retry = undefined;
      connect().catch(connectLater);
    }, RETRY_MS);
  }

  try {
    await connect();
  } catch (error) {
    isClosed = true;
    clearTimeout(retry);
    throw error;
  }
  return {
    publish(change) {
      // It comes back to this process too. Where it can't be sent, those here at least are told.
      const sent = client?.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify(change)]);
      if (sent === undefined) local.publish(change);
      else sent.catch(() => local.publish(change));
    },
    listen: local.listen,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await local.close();
      await client?.end();
    },
  };
}

/** What another process of ours wrote; what is no such thing makes everybody look. */
function parseChange(payload: string | undefined): GroupChange | "anything" {
  try {
    const { g, users } = JSON.parse(payload ?? "") as Partial<GroupChange>;
    return typeof g === "string" && Array.isArray(users) ? { g, users } : "anything";
  } catch {
    return "anything";
  }
}
