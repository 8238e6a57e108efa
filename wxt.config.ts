import preact from "@preact/preset-vite";
import { defineConfig } from "wxt";

/**
 * The public half of a key pair whose private half was thrown away: it only fixes the extension's id
 * (and with it the origin that holds the vault), wherever the unpacked folder lies.
 */
const PUBLIC_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAp7cR7Eq92cygMwoR+Jv9+A4TLV8DRwVACUkBguwZR1u0QLwkXPNmwWk3izUWg0Cwnd5G+XLXi/uUpONsvBf0m6YjfiMDG+HyJeePNjiwHYeUIkZzI7eyMbSSO/VynbhB9zAfkHkCTobXlgLHNHTkotQ6OWQKWXpDLMnX9x5I4FkjwkrmS4ZteHGrs+QsFDimR5VdVqLdSa2U6KwwCImdIcxvnEtA5Objn8BZsoyXdnzGcLnCnrvDAoNcywQY05yjJdxQrbWxk1s0pOfjmW29g5e/cu2jstOgsKXRzE5offz9hvCqLh/66SbW8hVPrX8VMbeB08igfWNkZ4kw4TxzBwIDAQAB";

/**
 * What Firefox alone is told. The id fixes the vault there as the key does in Chromium: Firefox gives each profile an
 * origin of its own for it, and keeps that.
 *
 * 140 is the oldest version that knows data_collection_permissions, and an ESR that the tests have run in.
 */
const FIREFOX_ONLY = {
  browser_specific_settings: {
    gecko: {
      id: "{6f0c8b5e-3c51-4d0a-9d0e-6b1f0f6c2a57}",
      strict_min_version: "140.0",
      data_collection_permissions: { required: ["none" as const] },
    },
  },
  // A private window's pages have a database of their own, which is gone with the window: what is kept there would be lost.
  incognito: "not_allowed" as const,
};

/** What means nothing to Firefox, which would warn of it. */
const CHROMIUM_ONLY = {
  minimum_chrome_version: "137",
  key: PUBLIC_KEY,
  // Firefox hands over what an administrator sets without asking what it should be.
  storage: { managed_schema: "managed-schema.json" },
};

/** On Windows and Linux Firefox opens its menus History and File by Alt+Shift+S and F, whatever an extension asks for. */
const KEYS = {
  chromium: { scan: "Alt+Shift+S", fill: "Alt+Shift+F" },
  firefox: { scan: "Alt+Shift+Q", fill: "Alt+Shift+K" },
} as const;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types countersign-worker",
].join("; ");

/**
 * What libraries can do and never do here, by the packages they stand in: make code from text, for environments of long
 * ago; load their WebAssembly from an address, though it is in the file; fetch a table. What is packaged has not even
 * that.
 */
const IDLE_GLUE: Readonly<Record<string, readonly string[]>> = {
  "@serenity-kit/opaque": ["new Function(getStringFromWasm0(arg0, arg1))", "fetch(module_or_path)"],
  libsodium: ["new XMLHttpRequest"],
  papaparse: ["new XMLHttpRequest"],
  "sql.js": ["new XMLHttpRequest"],
};

function withoutIdleGlue() {
  return {
    name: "without-idle-glue",
    transform(code: string, id: string) {
      const name = Object.keys(IDLE_GLUE).find((each) => id.includes(`/node_modules/${each}/`));
      // What the bundler wraps around a module of the former kind has a name with NUL.
      if (name === undefined || id.startsWith("\0")) return null;
      const glue = IDLE_GLUE[name] ?? [];
      if (!glue.every((part) => code.includes(part)))
        throw Error(`${name} has changed: look for what it can do that is not wanted`);
      return { code: glue.reduce((rest, part) => rest.replaceAll(part, "undefined"), code), map: null };
    },
  };
}

/** What the bundler knows of a module. */
type Modules = {
  getModuleIds(): IterableIterator<string>;
  getModuleInfo(id: string): {
    readonly isEntry: boolean;
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
};

/**
 * Which modules of pages and worker lie in one file: a few large ones. Left to itself the bundler makes a file for each set
 * of places that load the same modules; that were 51 scripts for an opening popup, and fetching and linking so many took a
 * quarter of the time until it showed a code.
 *
 * What is loaded at once goes with whoever needs least, so that nobody loads what they have no use for: "least" is what the
 * document needs that clears the clipboard, "worker" what the worker and a page do, "both" what popup and full page do, and
 * "sections" what the full page and its sections do. What is loaded later, and what one alone has, stays as it falls.
 */
function filesOfPages() {
  let files: ReadonlyMap<string, string> | undefined;
  return (id: string, modules: Modules): string | undefined => {
    files ??= planFiles(modules);
    return files.get(id);
  };
}

/** Reached from whatever checks a shape, and used by the backup's file alone, which says its own. */
const SCHEMA_WRITER = /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/;

function planFiles({ getModuleIds, getModuleInfo }: Modules): ReadonlyMap<string, string> {
  const ids = [...getModuleIds()];
  const loadedWith = (first: readonly string[]): ReadonlySet<string> => {
    const found = new Set(first);
    // A set hands out what is added to it on the way.
    for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
    return found;
  };
  const entry = (name: string): ReadonlySet<string> => {
    const first = ids.filter((id) => getModuleInfo(id)?.isEntry && id.includes(`/entrypoints/${name}`));
    if (first.length !== 1) throw Error(`of ${name} there are ${first.length}`);
    return loadedWith(first);
  };
  const [least, worker, popup, page] = [
    entry("clear-clipboard/"),
    entry("background"),
    entry("popup/"),
    entry("page/"),
  ];
  const later = loadedWith(ids.flatMap((id) => getModuleInfo(id)?.dynamicallyImportedIds ?? []));
  // What a page begins with runs where it is loaded: it is shared with nobody.
  const shared: readonly [string, (id: string) => boolean][] = [
    ["schema-writer", (id) => SCHEMA_WRITER.test(id)],
    ["least", (id) => least.has(id) && (worker.has(id) || popup.has(id) || page.has(id))],
    ["worker", (id) => worker.has(id) && (popup.has(id) || page.has(id))],
    ["both", (id) => popup.has(id) && page.has(id)],
    ["sections", (id) => page.has(id) && later.has(id)],
  ];
  return new Map(
    ids.flatMap((id) => {
      const file = shared.find(([, isIn]) => isIn(id));
      return file === undefined ? [] : [[id, file[0]] as const];
    }),
  );
}

export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  outDir: ".output",
  manifestVersion: 3,
  imports: false,
  hooks: {
    "vite:build:extendConfig": (entrypoints, config) => {
      // Scripts that are put into pages are one file each.
      if (!entrypoints.some(({ name }) => name === "popup")) return;
      config.build ??= {};
      config.build.rollupOptions ??= {};
      const { output } = config.build.rollupOptions;
      if (Array.isArray(output)) throw Error("the pages are written once");
      config.build.rollupOptions.output = { ...output, manualChunks: filesOfPages() };
    },
  },
  vite: () => ({
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false, reactAliasesEnabled: false })],
    // Workers load what they need lazily, which only modules can.
    worker: { format: "es", plugins: () => [withoutIdleGlue()] },
    build: { target: "es2024", modulePreload: { polyfill: false } },
  }),
  manifest: ({ browser }) => ({
    name: "__MSG_extensionName__",
    short_name: "Countersign",
    description: "__MSG_extensionDescription__",
    default_locale: "en",
    ...(browser === "firefox" ? FIREFOX_ONLY : CHROMIUM_ONLY),
    icons: { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" },
    action: {
      default_title: "__MSG_extensionName__",
      // Chromium has no such choice. The tick on the icon is all that is seen of a fill by key.
      ...(browser === "firefox" && { default_area: "navbar" as const }),
    },
    permissions: [
      "activeTab",
      "scripting",
      "storage",
      "unlimitedStorage",
      "contextMenus",
      "alarms",
      "idle",
      "clipboardWrite",
      "offscreen",
      // Firefox knows no such documents: its background has a document of its own.
    ].filter((permission) => browser !== "firefox" || permission !== "offscreen"),
    optional_permissions: ["clipboardRead", "downloads"],
    optional_host_permissions: ["https://*/*", "http://localhost/*", "http://127.0.0.1/*"],
    commands: {
      _execute_action: { suggested_key: { default: "Alt+Shift+O" } },
      "scan-qr-code": {
        suggested_key: { default: KEYS[browser === "firefox" ? "firefox" : "chromium"].scan },
        description: "__MSG_commandScan__",
      },
      "fill-code": {
        suggested_key: { default: KEYS[browser === "firefox" ? "firefox" : "chromium"].fill },
        description: "__MSG_commandFill__",
      },
    },
    content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
    web_accessible_resources: [],
  }),
});
