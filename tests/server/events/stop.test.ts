import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../../server/db/open.ts";
import { openStream } from "../event-stream.ts";
import { newWriter } from "../kill-under-load.ts";
import { type ServerProcess, startProcess } from "../server-process.ts";

let folder: string;
let server: ServerProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-stop-"));
});
afterEach(async () => {
  if (server?.child.exitCode === null) server.child.kill("SIGKILL");
  await server?.ended;
  await rm(folder, { recursive: true, maxRetries: 5 });
});

it("a server that is told to stop while somebody watches stops, and does not wait until it is made to", async () => {
  server = await startProcess(folder);
  const db = await openDatabase(join(folder, "countersign-data", "countersign.sqlite"));
  const { token } = await newWriter(db);
  await db.destroy();
  const stream = await openStream(`${server.origin}/trpc/group.watch`, { authorization: `Bearer ${token}` });
  expect(await stream.next()).toMatchObject({ event: "connected" });
  server.child.kill("SIGTERM");
  expect(await stream.next()).toBeNull();
  // Whoever is made to ends with 1.
  expect(await server.ended).toBe(0);
  expect(server.said()).toContain('"stopped"');
}, 60_000);
