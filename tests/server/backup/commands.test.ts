import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ServerProcess, startProcess } from "../server-process.ts";

let folder: string;
let server: ServerProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-commands-"));
});
afterEach(async () => {
  if (server?.child.exitCode === null) server.child.kill("SIGKILL");
  await server?.ended;
  await rm(folder, { recursive: true, maxRetries: 5 });
});

async function admin(...words: string[]): Promise<{ code: number | null; said: string }> {
  const run = await startProcess(folder, ["admin", ...words]);
  return { code: await run.ended, said: run.said() };
}

it("a backup is made beside a server that runs, and put in its place once it is stopped", async () => {
  expect(await admin("backup", "a.backup")).toMatchObject({
    code: 1,
    said: expect.stringContaining("There is no database"),
  });
  server = await startProcess(folder);
  expect(await admin("backup", "a.backup")).toMatchObject({ code: 0 });
  expect((await stat(join(folder, "a.backup"))).mode & 0o777).toBe(0o600);
  expect(await admin("restore", "a.backup")).toMatchObject({
    code: 1,
    said: expect.stringContaining("The server is running"),
  });
  server.child.kill("SIGKILL");
  await server.ended;
  // However it was ended: nothing is left behind that says it runs.
  expect(await admin("restore", "a.backup")).toMatchObject({
    code: 0,
    said: expect.stringContaining("This is generation 1 "),
  });
  server = await startProcess(folder);
  expect(await (await fetch(`${server.origin}/trpc/hello`)).json()).toMatchObject({
    result: { data: { generation: 1 } },
  });
}, 60_000);

it("each command says what it takes, and does nothing else", async () => {
  expect(await admin("backup")).toMatchObject({
    code: 2,
    said: expect.stringContaining("admin backup takes one FILE"),
  });
  expect(await admin("after-restore", "a")).toMatchObject({
    code: 2,
    said: expect.stringContaining("takes nothing more"),
  });
  expect((await admin("dance")).said).toContain("admin restore FILE: ");
  expect(await readdir(folder)).toEqual(["compiled"]);
}, 60_000);
