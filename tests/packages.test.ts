import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sourcesPackage, storePackage } from "./support/packages.ts";
import { ROOT } from "./support/source-files.ts";
import { isThorough } from "./support/thorough.ts";
import { unzip } from "./support/unzip.ts";
import { zip } from "./support/zip.ts";

/** What `npm run zip` hands to the stores. */
const folder = mkdtempSync(join(tmpdir(), "countersign-packages-"));
afterAll(() => rmSync(folder, { recursive: true }));

const built = (browser: string) => join(ROOT, `.output/${browser}-mv3`);
const BROWSERS = ["chrome", "firefox"].filter((browser) => existsSync(built(browser)));

test("the extension is built for both families of browsers", () => {
  expect(BROWSERS, "run `npm run build` and `npm run build:firefox` first; `npm test` does").toHaveLength(2);
});

describe("a package", () => {
  test.each(BROWSERS.filter(() => isThorough))(
    "for %s has the same bytes when it is built again, elsewhere",
    { timeout: 240_000 },
    (browser) => {
      const script = `import("wxt").then(({ build }) => build({ browser: ${JSON.stringify(browser)}, outDir: ${JSON.stringify(folder)} }))`;
      // The test runner's own would make it a build for tests.
      const env = { ...process.env, NODE_ENV: undefined };
      const { status } = spawnSync(process.execPath, ["--eval", script], { cwd: ROOT, stdio: "ignore", env });
      expect(status).toBe(0);
      const [first, again] = [built(browser), join(folder, `${browser}-mv3`)].map(storePackage);
      expect(first?.equals(again ?? Buffer.of())).toBe(true);
    },
  );

  test.each(BROWSERS)("for %s holds the build with a manifest at its root, and no key in it", (browser) => {
    const files = unzip(storePackage(built(browser)));
    const manifest = JSON.parse(files.get("manifest.json")?.toString("utf8") ?? "{}");
    expect(manifest).toMatchObject({ manifest_version: 3, version: expect.any(String) });
    expect(manifest).not.toHaveProperty("key");
    expect(files.has("popup.html")).toBe(true);
    expect(files.has("background.js")).toBe(true);
  });

  test("of the sources holds what the build is made from, and nothing that was built or installed", () => {
    const files = unzip(sourcesPackage() ?? zip([]));
    for (const name of ["package.json", "package-lock.json", "wxt.config.ts", "README.md"])
      expect(files.has(name), name).toBe(true);
    expect([...files.keys()].filter((name) => /^(node_modules|\.output|\.build|\.git)\//.test(name))).toEqual(
      [],
    );
  });
});

describe("the archive", () => {
  test("gives back every file as it was, whatever the order they came in", () => {
    const files = [
      { name: "b/空.txt", bytes: Buffer.from("口令") },
      { name: "a.txt", bytes: Buffer.alloc(100_000, 7) },
      { name: "empty", bytes: Buffer.of() },
    ];
    const archive = zip(files);
    expect([...unzip(archive)]).toEqual(
      files.map(({ name, bytes }) => [name, bytes]).sort(([one = ""], [two = ""]) => (one < two ? -1 : 1)),
    );
    expect(zip(files.toReversed()).equals(archive)).toBe(true);
  });
});
