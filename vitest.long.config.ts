import { defineConfig } from "vitest/config";
import { serveCorpora } from "./tests/support/serve-corpora.ts";
import { projects } from "./vitest.config.ts";

/**
 * The longer proofs: tests named *.long.ts, run by `npm run test:long` and left out of `npm test`; and those of `npm test`
 * that have more to go through when they are thorough (tests/support/thorough.ts).
 */
const INCLUDE_BY_KIND: Readonly<Record<string, string[]>> = {
  unit: ["tests/shared/**/*.long.ts", "tests/server/**/*.long.ts"],
  groups: ["tests/groups/**/*.long.ts", "tests/hostile/**/*.long.ts"],
  browser: ["tests/extension/**/*.long.ts"],
  e2e: ["tests/e2e/**/*.long.ts", "tests/e2e/accessibility-*.test.ts", "tests/e2e/main-job.test.ts"],
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
        testTimeout: 30 * 60_000,
        hookTimeout: 5 * 60_000,
      },
    })),
  },
});
