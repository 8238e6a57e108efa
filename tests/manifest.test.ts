import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles, ROOT } from "./support/source-files.ts";

/**
 * The built extension, held to what people agree to when they install it. A change here is a change of that agreement:
 * it needs a file in docs/decisions/ and a line in CHANGELOG.md.
 */

const OUTPUT = ".output/chrome-mv3";
const FIREFOX_OUTPUT = ".output/firefox-mv3";
const built = [OUTPUT, FIREFOX_OUTPUT].every((output) => existsSync(join(ROOT, output, "manifest.json")));
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

test("the extension is built", () => {
  expect(built, "run `npm run build` and `npm run build:firefox` first; `npm test` does").toBe(true);
});

describe.runIf(built)("the built manifest", () => {
  const manifest = JSON.parse(read(`${OUTPUT}/manifest.json`)) as Record<string, unknown> & { key: string };

  test("asks for exactly this", () => {
    const { key: _, ...rest } = manifest;
    expect(rest).toEqual({
      manifest_version: 3,
      name: "__MSG_extensionName__",
      short_name: "Countersign",
      description: "__MSG_extensionDescription__",
      version: "0.1.0",
      default_locale: "en",
      minimum_chrome_version: "137",
      storage: { managed_schema: "managed-schema.json" },
      icons: { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" },
      action: { default_title: expect.any(String), default_popup: "popup.html" },
      background: { service_worker: "background.js", type: "module" },
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
      ],
      optional_permissions: ["clipboardRead", "downloads"],
      optional_host_permissions: ["https://*/*", "http://localhost/*", "http://127.0.0.1/*"],
      commands: {
        _execute_action: { suggested_key: { default: "Alt+Shift+O" } },
        "scan-qr-code": { suggested_key: { default: "Alt+Shift+S" }, description: "__MSG_commandScan__" },
        "fill-code": { suggested_key: { default: "Alt+Shift+F" }, description: "__MSG_commandFill__" },
      },
      content_security_policy: {
        extension_pages:
          "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types countersign-worker",
      },
      web_accessible_resources: [],
    });
  });

  // The id names the origin that holds the vault: another one would be an empty vault. It is how Chromium computes it:
  // the first 128 bits of the key's SHA-256, each hexadecimal digit written as a letter from a to p.
  test("keeps the id, and with it the vault, wherever the unpacked folder lies", () => {
    const digest = createHash("sha256")
      .update(Buffer.from(manifest.key, "base64"))
      .digest("hex")
      .slice(0, 32);
    const id = digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
    expect(id).toBe("ajfjjlmgpdbkgjpgmadohkkehcbigbfi");
  });

  test("names only files that were built", () => {
    const files = listFiles(OUTPUT).map((path) => path.slice(OUTPUT.length + 1));
    const named = JSON.stringify(manifest).match(/"[\w/-]+\.(png|html|js|css)"/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.map((name) => name.slice(1, -1)).filter((name) => !files.includes(name))).toEqual([]);
  });
});

describe.runIf(built)("the manifest built for Firefox", () => {
  const chromium = JSON.parse(read(`${OUTPUT}/manifest.json`)) as Record<string, unknown> & {
    readonly permissions: readonly string[];
  };

  test("differs from Chromium's in its id, its background, its keys, private windows and what an administrator may set, and asks for no more", () => {
    const { key: _, minimum_chrome_version: __, storage: ___, ...common } = chromium;
    expect(JSON.parse(read(`${FIREFOX_OUTPUT}/manifest.json`))).toEqual({
      ...common,
      permissions: common.permissions.filter((permission) => permission !== "offscreen"),
      browser_specific_settings: {
        gecko: {
          id: "{6f0c8b5e-3c51-4d0a-9d0e-6b1f0f6c2a57}",
          strict_min_version: "140.0",
          data_collection_permissions: { required: ["none"] },
        },
      },
      incognito: "not_allowed",
      action: { ...(chromium.action as object), default_area: "navbar" },
      background: { scripts: ["background.js"], type: "module" },
      commands: {
        ...(chromium.commands as object),
        "scan-qr-code": { suggested_key: { default: "Alt+Shift+Q" }, description: "__MSG_commandScan__" },
        "fill-code": { suggested_key: { default: "Alt+Shift+K" }, description: "__MSG_commandFill__" },
      },
    });
  });

  // So that what the other tests say of the one bundle is true of both.
  test("stands among the very files that Chromium gets", () => {
    const names = (output: string) => listFiles(output).map((path) => path.slice(output.length + 1));
    expect(names(FIREFOX_OUTPUT)).toEqual(names(OUTPUT));
    const differing = names(OUTPUT).filter(
      (name) =>
        !readFileSync(join(ROOT, OUTPUT, name)).equals(readFileSync(join(ROOT, FIREFOX_OUTPUT, name))),
    );
    expect(differing).toEqual(["manifest.json"]);
  });
});

/** Every address that may stand in the bundle, and why none of them is ever asked for anything. */
const ADDRESSES: readonly { readonly start: string; readonly why: string }[] = [
  { start: "http://www.w3.org/", why: "names of XML namespaces" },
  { start: "http://json-schema.org/", why: "the name of a schema language, in zod" },
  { start: "https://json-schema.org/", why: "the name of a schema language, in zod and in backups" },
  { start: "https://github.com/sql-js/sql.js/", why: "in the text of an error of sql.js" },
  { start: "https://tinyurl.com/y2uuvskb", why: "in the text of an error of dexie" },
  { start: "http://bit.ly/2kdckMn", why: "in the text of an error of dexie" },
  { start: "https://${", why: "a site as it was typed, read as an address" },
  { start: "http://${", why: "the same, for a site on this machine" },
];

describe.runIf(built)("the bundle", () => {
  const scripts = listFiles(OUTPUT).filter((path) => /\.m?js$/.test(path));
  const bundle = scripts.map((path) => ({ path, text: read(path) }));

  // Stricter than the policy, which would refuse it anyway: not even a library's attempt is carried along.
  test("makes no code from text", () => {
    const maker =
      /.{0,40}(?<![\w.$"'`-])(?:eval|Function)\b(?!["'`\w$:.-]).{0,40}|\bset(?:Timeout|Interval)\(["'`].{0,40}/g;
    expect(
      bundle.flatMap(({ path, text }) => (text.match(maker) ?? []).map((where) => `${path}: ${where}`)),
    ).toEqual([]);
    for (const made of [
      "eval(x)",
      "(0,eval)(x)",
      'new Function("a")',
      'const F=Function;new F("")',
      'setTimeout("x")',
    ]) {
      expect(made.match(maker), made).not.toBeNull();
    }
  });

  test("names no address that it does not say here", () => {
    const found = bundle.flatMap(({ path, text }) =>
      (text.match(/\b(https?|wss?):\/\/[\w.$[][^\s"'`\\)]*/g) ?? [])
        .filter((address) => !ADDRESSES.some(({ start }) => address.startsWith(start)))
        .map((address) => `${path}: ${address}`),
    );
    expect(found).toEqual([]);
  });

  test("has no means of asking for anything outside", () => {
    const means =
      /(?<![\w$])(XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|sendBeacon|importScripts)\b/g;
    expect(
      bundle.flatMap(({ path, text }) => (text.match(means) ?? []).map((word) => `${path}: ${word}`)),
    ).toEqual([]);
    // One file asks servers for teams (docs/decisions/0018), and one listens to them; no page loads either at once, and
    // the worker, which can load nothing later, only the one that asks (docs/decisions/0024).
    const asking = bundle
      .map((file) => ({ ...file, times: file.text.match(/(?<![\w$.])fetch\(/g)?.length ?? 0 }))
      .filter(({ times }) => times > 0)
      .sort((one, two) => one.times - two.times);
    expect(asking.map(({ times }) => times)).toEqual([1, 3]);
    for (const { text } of asking) expect(text).toContain("no-referrer");
    const [listener, asker] = asking.map(({ path }) => path);
    for (const start of ["popup.html", "page.html", "background.js"]) {
      const loaded = loadedAtOnce(`${OUTPUT}/${start}`);
      expect(loaded.size, start).toBeGreaterThan(1);
      expect(loaded, start).not.toContain(listener);
      expect(loaded.has(asker ?? ""), start).toBe(start === "background.js");
    }
  });

  test("has a page load a few large files at once, and the document that clears the clipboard next to nothing", () => {
    for (const [start, most] of [
      ["popup.html", 4],
      ["page.html", 6],
      ["clear-clipboard.html", 2],
    ] as const)
      expect(loadedAtOnce(`${OUTPUT}/${start}`).size, start).toBeLessThanOrEqual(most);
    const bytes = (path: string) => [...loadedAtOnce(path)].reduce((sum, each) => sum + read(each).length, 0);
    expect(bytes(`${OUTPUT}/clear-clipboard.html`)).toBeLessThan(bytes(`${OUTPUT}/popup.html`) / 4);
  });

  test("holds neither source maps nor anything but what the browser loads", () => {
    const kinds = listFiles(OUTPUT).map((path) => path.replace(/^.*\./, ""));
    expect(
      [...new Set(kinds)].filter(
        (kind) => !["js", "css", "html", "json", "png", "svg", "wasm"].includes(kind),
      ),
    ).toEqual([]);
    for (const { path, text } of bundle) expect(text.includes("sourceMappingURL"), path).toBe(false);
  });

  test("has pages without inline scripts or styles, which the policy would refuse", () => {
    for (const path of listFiles(OUTPUT).filter((name) => name.endsWith(".html"))) {
      expect(read(path), path).not.toMatch(
        /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|<(script|link)[^>]*="(https?:)?\/\//,
      );
    }
  });

  test("carries no test, no practice site and no stand-in", () => {
    for (const { path, text } of bundle)
      expect(text, path).not.toMatch(/fake-extension-api|practice site|vitest/);
  });
});

/** What a page or the worker loads before anything is asked for: its scripts, and what they import by statement. */
function loadedAtOnce(path: string, seen = new Set<string>()): Set<string> {
  const next = path.endsWith(".html")
    ? /(?:src|href)="\/([^"]+\.js)"/g
    : /(?:\bfrom|\bimport)\s*"\.\/(?:chunks\/)?([^"]+\.js)"/g;
  for (const [, name = ""] of read(path).matchAll(next)) {
    const to = path.endsWith(".html") ? `${OUTPUT}/${name}` : `${OUTPUT}/chunks/${name}`;
    if (seen.has(to)) continue;
    seen.add(to);
    loadedAtOnce(to, seen);
  }
  return seen;
}
