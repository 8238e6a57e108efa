import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { serveCorpora } from "./tests/support/serve-corpora.ts";
import { projects } from "./vitest.config.ts";

/** The files of which `npm test` goes through a part only. */
const shortened = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.endsWith(".test.ts") && !path.includes("-native"))
    .filter((path) => /support\/thorough\.ts|\.\/axe\.ts/.test(readFileSync(path, "utf8")));

/**
 * The longer proofs: tests named *.long.ts, run by `npm run test:long` and left out of `npm test`; and those of `npm test`
 * that have more to go through when they are thorough (tests/support/thorough.ts).
 */
const INCLUDE_BY_KIND: Readonly<Record<string, string[]>> = {
  unit: ["tests/shared/**/*.long.ts", "tests/server/**/*.long.ts", "tests/packages.test.ts"],
  groups: ["tests/groups/**/*.long.ts", "tests/hostile/**/*.long.ts"],
  browser: ["tests/extension/**/*.long.ts"],
  e2e: ["tests/e2e/**/*.long.ts", ...shortened("tests/e2e")],
  native: ["tests/e2e/scan-native.test.ts"],
};

export default defineConfig({
  test: {
    // What each proof prints is its result: nothing of it is to be repeated or left out.
    reporters: [["default", { summary: false }]],
    maxWorkers: 1,
    projects: projects.map(({ test, ...project }) => ({
      ...project,
      // Of its own, so that `npm test` doesn't have to bundle the dependencies anew after it, or beside it.
      cacheDir: "node_modules/.vite-long",
      plugins: [...("plugins" in project ? project.plugins : []), serveCorpora],
      test: {
        ...test,
        env: { THOROUGH: "1" },
        include: INCLUDE_BY_KIND[test.name] ?? [],
        // Whole browsers wait more than they work; what is measured is measured by itself.
        maxWorkers: test.name === "e2e" ? 2 : 1,
        testTimeout: 30 * 60_000,
        hookTimeout: 5 * 60_000,
      },
    })),
  },
});
