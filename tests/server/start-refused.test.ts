import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProcess } from "./server-process.ts";

/** What is said in words, and not by a trace, where a server can't start. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-refused-"));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

test("something else listens where it is to", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) =>
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port)),
  );
  try {
    const server = await startProcess(folder, [], { COUNTERSIGN_PORT: String(port) });
    expect(await server.ended).toBe(2);
    expect(server.said()).toBe(
      `The server can't start: 127.0.0.1, port ${port}: something else listens there already.\n`,
    );
  } finally {
    other.close();
  }
});

test("there are kinds of second factors, and none that could be the first", async () => {
  const file = join(folder, "mfa.json");
  await writeFile(file, '{ "modules": [{ "kind": "recovery" }] }');
  const server = await startProcess(folder, [], { COUNTERSIGN_MFA: file });
  expect(await server.ended).toBe(2);
  expect(server.said()).toContain("all modules are only for when another is lost");
});
