import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findBrowser, findOnPath } from "./find-browser.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-browsers-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Puts a program of that name into the folder and returns its path. */
async function program(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, "#!/bin/sh\n", { mode: 0o755 });
  return path;
}

// Other systems have places of their own besides PATH, where a real browser may lie.
describe.skipIf(process.platform !== "linux")("the search for a browser", () => {
  test("finds nothing where there is none", () => {
    expect(findBrowser({ PATH: folder })).toBeNull();
    expect(findBrowser({})).toBeNull();
  });

  test("prefers what CHROME_PATH names to everything on PATH", async () => {
    await program("chromium");
    const path = await program("my-browser");
    expect(findBrowser({ PATH: folder, CHROME_PATH: path })).toEqual({ path, kind: "chromium" });
  });

  test("says so when CHROME_PATH can't be run, instead of taking another browser", async () => {
    await program("chromium");
    await writeFile(join(folder, "notes.txt"), "");
    expect(() => findBrowser({ PATH: folder, CHROME_PATH: join(folder, "notes.txt") })).toThrow(
      "CHROME_PATH",
    );
    expect(() => findBrowser({ PATH: folder, CHROME_PATH: folder })).toThrow("CHROME_PATH");
  });

  test("takes Chromium before Chrome for Testing, Chrome and Edge, in this order", async () => {
    const edge = await program("msedge");
    expect(findBrowser({ PATH: folder })).toEqual({ path: edge, kind: "branded" });
    const chrome = await program("google-chrome-stable");
    expect(findBrowser({ PATH: folder })).toEqual({ path: chrome, kind: "branded" });
    const testing = await program("chrome-for-testing");
    expect(findBrowser({ PATH: folder })).toEqual({ path: testing, kind: "chromium" });
    const chromium = await program("chromium");
    expect(findBrowser({ PATH: folder })).toEqual({ path: chromium, kind: "chromium" });
  });

  test("passes over files that can't be run", async () => {
    await writeFile(join(folder, "chromium"), "", { mode: 0o644 });
    await mkdir(join(folder, "google-chrome"));
    expect(findBrowser({ PATH: folder })).toBeNull();
  });

  test.each([
    ["opt/google/chrome/google-chrome", "branded"],
    ["opt/microsoft/msedge/msedge", "branded"],
    ["chrome-linux64/chrome", "chromium"],
    ["Google Chrome for Testing.app/Google Chrome for Testing", "chromium"],
  ])("tells by CHROME_PATH that %s is %s", async (name, kind) => {
    expect(findBrowser({ CHROME_PATH: await program(name) })?.kind).toBe(kind);
  });

  test("looks into the folders of PATH in their order", async () => {
    await program("second/tool");
    const first = await program("first/tool");
    expect(findOnPath("tool", { PATH: `${folder}/first:${folder}/second` })).toBe(first);
    expect(findOnPath("other", { PATH: folder })).toBeNull();
  });
});
