import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import { ROOT } from "../support/source-files.ts";

/**
 * What the Dockerfile says, done in a folder instead of an image: whoever builds the image has the same files and packages,
 * and the same commands are run there. What only a container adds (its user, its read-only disk) is not in it.
 */
const [base, ...instructions] = readFileSync(join(ROOT, "Dockerfile"), "utf8")
  .replaceAll(/\\\n\s*/g, " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const all = (word: string) =>
  instructions.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
const commandOf = (line = ""): [string, ...string[]] => {
  const [command = "", ...args]: string[] = JSON.parse(line.replace(/^.*?CMD /, ""));
  return [command === "node" ? process.execPath : command, ...args];
};

let app: string;
let data: string;
beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), "countersign-image-"));
  data = mkdtempSync(join(tmpdir(), "countersign-volume-"));
  for (const copied of all("COPY")) {
    const from = copied.split(" ").slice(0, -1);
    for (const path of from) cpSync(join(ROOT, path), join(app, path), { recursive: true });
  }
  const install = all("RUN").find((line) => line.startsWith("npm ci"));
  expect(install).toContain("--omit=dev");
  const ci = spawnSync("npm", install?.split(" && ")[0]?.split(" ").slice(1) ?? [], { cwd: app });
  expect(ci.status, String(ci.stderr)).toBe(0);
}, 300_000);
afterAll(() => {
  rmSync(app, { recursive: true, maxRetries: 5 });
  rmSync(data, { recursive: true, maxRetries: 5 });
});

test("the base is the Node that everything else runs on", () => {
  expect(base).toMatch(/^FROM node:24-/);
  expect(process.versions.node).toMatch(/^24\./);
});

test("from these files alone the server starts, says that it is well, gives its code and stops when it is told to", async () => {
  const port = await freePort();
  const given = Object.fromEntries(
    all("ENV").flatMap((line) => line.split(/\s+/).map((pair) => pair.split("="))),
  );
  expect(given).toMatchObject({ COUNTERSIGN_DATA: "/data", COUNTERSIGN_PORT: "8420" });
  const own = { COUNTERSIGN_DATA: data, COUNTERSIGN_PORT: String(port), COUNTERSIGN_HOST: "127.0.0.1" };
  const [command, ...args] = commandOf(all("CMD")[0]);
  const server = spawn(command, args, {
    cwd: app,
    env: { ...given, ...own, PATH: process.env.PATH, COUNTERSIGN_ORIGIN: `http://localhost:${port}` },
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    await vi.waitFor(() => expect(said).toContain('"listening"'), { timeout: 20_000 });
    expect(said).toMatch(/CS1-\w+/);
    const [checker, ...check] = commandOf(all("HEALTHCHECK")[0]);
    const healthy = spawnSync(
      checker,
      check.map((text) => text.replace("8420", String(port))),
    );
    expect(healthy.status, String(healthy.stderr)).toBe(0);
  } finally {
    server.kill("SIGTERM");
  }
  expect(await ended, said).toBe(0);
});
