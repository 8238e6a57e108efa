import { defineConfig } from "vitest/config";

/** The longer proofs: tests named *.long.ts, run by `npm run test:long` and left out of `npm test`. */
export default defineConfig({
  test: {
    name: "long",
    environment: "node",
    include: ["tests/**/*.long.ts"],
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 120_000,
  },
});
