import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { playwright } from "@vitest/browser-playwright";
import type { Plugin } from "vite";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { withoutCheck } from "./tests/hostile/without-check.ts";
import { QUIET_FLAGS, sandboxFlags } from "./tests/support/browser-flags.ts";
import { findBrowser } from "./tests/support/find-browser.ts";

const browserPath = findBrowser()?.path;

const platformBrowser = fileURLToPath(new URL("./extension/platform/browser.ts", import.meta.url));
const standIn = fileURLToPath(new URL("./tests/support/fake-extension-api.ts", import.meta.url));

/** Outside an extension there is no browser API: the tests' own one stands in for the single file that imports it. */
const fakeExtensionApi: Plugin = {
  name: "fake-extension-api",
  enforce: "pre",
  resolveId(source, importer) {
    if (importer === undefined || !source.endsWith("/browser.ts")) return null;
    return resolve(dirname(importer), source) === platformBrowser ? standIn : null;
  },
};

const rememberedArgon2id = fileURLToPath(new URL("./tests/support/remembered-argon2id.ts", import.meta.url));

/** Key derivation is slow by design, and most tests of the vault derive the same key twice. */
const remembersArgon2id: Plugin = {
  name: "remembers-argon2id",
  enforce: "pre",
  resolveId(source, importer) {
    return source === "hash-wasm" && importer?.split("?")[0] !== rememberedArgon2id
      ? rememberedArgon2id
      : null;
  },
};

/** Tests that press keys in real windows, and those in Firefox. */
const NATIVE = ["tests/e2e/**/*-native.test.ts", "tests/e2e/firefox/**/*.test.ts"];

const E2E_PATIENCE = {
  // A whole browser on a busy machine: what fails twice is broken.
  retry: 1,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // The usual second is less than a busy machine takes to draw a question of the browser's.
  expect: { poll: { timeout: 15_000 } },
} as const;

const IN_CHROMIUM = "tests/extension/**/*.test.{ts,tsx}";
/** Those that put something else in a module's place, which can't be done once another file has loaded it. */
const REPLACING = globSync(IN_CHROMIUM, { cwd: import.meta.dirname }).filter((path) =>
  readFileSync(resolve(import.meta.dirname, path), "utf8").includes("vi.mock("),
);

/** Tests of the extension's rooms in a real Chromium, one file after the other. */
function inChromium(
  name: string,
  groupOrder: number,
  files: { readonly include: string[]; readonly exclude?: string[]; readonly isolate: boolean },
) {
  return {
    plugins: [
      fakeExtensionApi,
      remembersArgon2id,
      preact({ devToolsEnabled: false, prefreshEnabled: false, reactAliasesEnabled: false }),
    ],
    // Named here, because a dependency found in the middle of a run makes the page load again.
    optimizeDeps: {
      include: [
        "preact",
        "preact/hooks",
        "preact/jsx-runtime",
        "preact/jsx-dev-runtime",
        "preact/test-utils",
        "dexie",
        "otpauth",
        "jsqr",
        "zod/mini",
        "hash-wasm",
        "age-encryption",
        "@zip.js/zip.js/lib/zip-core-native.js",
        "@rgrove/parse-xml",
        "libsodium-wrappers",
        "papaparse",
        "sql.js/dist/sql-wasm-inline.js",
        "@noble/hashes/hmac.js",
        "@noble/hashes/legacy.js",
        "@noble/hashes/sha2.js",
        "@bufbuild/protobuf",
        "@bufbuild/protobuf/wire",
        "tldts",
        "@zxcvbn-ts/core",
        "@zxcvbn-ts/language-common",
        "fast-check",
        "axe-core",
        "qrcode",
        "react",
        "react-dom",
        "react-dom/client",
      ],
    },
    test: {
      name,
      ...files,
      setupFiles: ["tests/support/fresh-browser-state.ts"],
      testTimeout: 60_000,
      // Two pages at a time take as long as one after the other: each then takes twice as long.
      fileParallelism: false,
      sequence: { groupOrder },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        api: { host: "127.0.0.1" },
        provider: playwright({
          launchOptions: {
            ...(browserPath === undefined ? {} : { executablePath: browserPath }),
            args: [...QUIET_FLAGS, ...sandboxFlags()],
          },
        }),
        instances: [{ browser: "chromium" }],
      },
    },
  } satisfies TestProjectInlineConfiguration;
}

/** The kinds of tests; vitest.long.config.ts runs the longer ones of the same kinds. */
export const projects = [
  {
    test: {
      name: "unit",
      environment: "node",
      include: [
        "tests/shared/**/*.test.ts",
        "tests/server/**/*.test.ts",
        "tests/*.test.ts",
        "tests/practice-site/**/*.test.ts",
        "tests/support/**/*.test.ts",
      ],
      testTimeout: 30_000,
      // Loading the same modules anew for each file takes longer than what most files do with them.
      isolate: false,
      sequence: { groupOrder: 0 },
    },
  },
  {
    plugins: [fakeExtensionApi, withoutCheck()],
    test: {
      name: "groups",
      environment: "node",
      include: ["tests/groups/**/*.test.ts", "tests/hostile/**/*.test.ts"],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      isolate: false,
      sequence: { groupOrder: 0 },
    },
  },
  // One page for all files: a page each, with everything loaded anew, is a fifth of the run.
  inChromium("browser", 1, { include: [IN_CHROMIUM], exclude: REPLACING, isolate: false }),
  inChromium("browser-replaced", 2, { include: REPLACING, isolate: true }),
  {
    test: {
      name: "e2e",
      environment: "node",
      include: ["tests/e2e/**/*.test.ts"],
      exclude: NATIVE,
      ...E2E_PATIENCE,
      // A browser waits more than it works: two of them leave half of two cores idle.
      maxWorkers: 3,
      sequence: { groupOrder: 3 },
    },
  },
  {
    test: {
      name: "native",
      environment: "node",
      include: NATIVE,
      // Real keys on a screen of their own wait for nobody: what else runs beside them makes them come too late.
      fileParallelism: false,
      ...E2E_PATIENCE,
      sequence: { groupOrder: 4 },
    },
  },
] satisfies readonly TestProjectInlineConfiguration[];

export default defineConfig({
  test: {
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    outputFile: { json: ".build/test-report.json" },
    maxWorkers: 2,
    // The kinds run one after the other (groupOrder).
    projects: [...projects],
  },
});
