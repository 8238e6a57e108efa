import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Format } from "../shared/formats/format.ts";
import { FORMATS } from "../shared/formats/index.ts";
import { WRITTEN_FORMATS } from "../shared/formats/written.ts";
import { ROOMS } from "./support/house.ts";
import { listFiles, ROOT, readSources } from "./support/source-files.ts";

/** What must not be forgotten when something is added: a format, a permission, a command, a package, a room. */

const readText = (path: string) => readFileSync(join(ROOT, path), "utf8");
const readJson = (path: string) => JSON.parse(readText(path)) as Record<string, Record<string, string>>;

describe("formats", () => {
  const files = readSources("shared/formats");

  test("every format is in the registry", () => {
    const registry = files.find((file) => file.path === "shared/formats/index.ts")?.text ?? "";
    const declared = files.flatMap((file) =>
      [...file.text.matchAll(/^export const (\w+Format)\b/gm)].map(([, name]) => name ?? ""),
    );
    expect(declared.length).toBe(FORMATS.length);
    const listed = /FORMATS = \[([^\]]*)\]/.exec(registry)?.[1] ?? "";
    expect(declared.filter((name) => !new RegExp(`\\b${name}\\b`).test(listed))).toEqual([]);
  });

  test("no two formats have the same id", () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  });

  test.each(FORMATS.map(({ id }) => id))("%s has a fixture of its own", (id) => {
    const fixtures = listFiles("tests/fixtures/formats").map((path) => basename(path));
    expect(
      fixtures.filter((name) => name.startsWith(id)),
      `add tests/fixtures/formats/${id}…`,
    ).not.toEqual([]);
  });
});

describe("formats that are written", () => {
  test("are all in the list that pages have", () => {
    const written = FORMATS.filter((format: Format) => format.readBy !== undefined).map(({ id }) => id);
    expect(WRITTEN_FORMATS.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
  });

  test.each(FORMATS.map((format: Format) => ({ id: format.id, format })))(
    "$id says of each way out who reads it, and of no other",
    ({ format }) => {
      const { plain, encrypted, codes } = format.readBy ?? {};
      expect(plain !== undefined, "a file").toBe(format.write !== null);
      expect(codes !== undefined, "QR codes").toBe(format.writeCodes !== undefined);
      if (encrypted !== undefined) expect(plain, "what is encrypted is written plain, too").toBeDefined();
    },
  );
});

/** What in the code needs each permission; a permission that nothing needs is taken out of the manifest. */
const USES: Record<string, RegExp> = {
  activeTab: /\.captureVisibleTab\(/,
  scripting: /\bscripting\s*\.executeScript\(/,
  storage: /\bstorage\s*\.\s*(session|local)\b/,
  unlimitedStorage: /\bextends Dexie\b|\bnew Dexie\(/,
  contextMenus: /\bcontextMenus\s*\.create\(/,
  alarms: /\balarms\s*\.create\(/,
  idle: /\bidle\s*\.on\w+/,
  clipboardWrite: /\bclipboard\s*\.write(Text)?\(|execCommand\("copy"\)/,
  offscreen: /\boffscreen\s*\.createDocument\(/,
};

describe("the manifest", () => {
  const manifest = readText("wxt.config.ts");
  const list = (name: string) =>
    [...(new RegExp(`\\b${name}: \\[([^\\]]*)\\]`).exec(manifest)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
      ([, value]) => value ?? "",
    );
  const code = readSources("extension")
    .map((file) => file.text)
    .join("\n");

  test.each(list("permissions"))("asks for %s because the code needs it", (permission) => {
    expect(USES[permission], "say in this test what needs it").toBeDefined();
    expect(code, "nothing uses it: take it out of wxt.config.ts").toMatch(USES[permission] ?? /$^/);
  });

  test("asks for nothing at install that the table does not know, and the code needs nothing it does not ask for", () => {
    const asked = list("permissions");
    expect(asked.length).toBeGreaterThan(0);
    const needed = Object.entries(USES).filter(([, use]) => use.test(code));
    expect(
      needed.map(([permission]) => permission).filter((permission) => !asked.includes(permission)),
    ).toEqual([]);
  });

  test("asks for optional hosts because the code requests them after a gesture", () => {
    expect(list("optional_host_permissions")).toContain("https://*/*");
    expect(code).toMatch(/\bpermissions\s*\.request\(/);
  });

  test("names no command that nothing listens to", () => {
    const commands = [...manifest.matchAll(/"([a-z-]+)": \{\s*suggested_key/g)].map(([, name]) => name ?? "");
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(code, command).toContain(`"${command}"`);
  });
});

describe("packages", () => {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = readJson("package.json");
  const named = { ...dependencies, ...devDependencies, ...optionalDependencies };

  test("are pinned exactly", () => {
    const exact = /^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
    expect(Object.entries(named).filter(([, version]) => !exact.test(version))).toEqual([]);
  });

  test("each have a line in docs/dependencies.md, at the version in package.json", () => {
    const text = readText("docs/dependencies.md");
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      const line = text.split("\n").find((row) => row.startsWith(`| \`${name}\` |`));
      expect(line, `docs/dependencies.md says nothing of ${name}`).toBeDefined();
      expect(line, name).toContain(version.replace(/^npm:.*@/, ""));
    }
    for (const name of Object.keys(optionalDependencies)) expect(text).toContain(`\`${name}\``);
  });

  test("no line of docs/dependencies.md speaks of a package that is gone", () => {
    const kept = readText("docs/dependencies.md").split(/^## .*(?:not taken|rejected).*$/im)[0] ?? "";
    const rows = [...kept.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name ?? "");
    expect(rows.filter((name) => named[name] === undefined)).toEqual([]);
  });

  test("are locked without the address of a registry, so that any mirror of it will do", () => {
    expect(readText("package-lock.json")).not.toMatch(/"resolved":/);
  });

  test("are every one imported or run by something here", () => {
    const imported = new Set(
      ["extension", "shared", "server", "tests"].flatMap(readSources).flatMap((file) =>
        file.imports.map((to) =>
          to.to
            .split("/")
            .slice(0, to.to.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
      ),
    );
    const config = [
      "package.json",
      "wxt.config.ts",
      "vitest.config.ts",
      "biome.json",
      "tsconfig.extension.json",
    ]
      .map(readText)
      .join("\n")
      .replace(/"(dev|optional)?[dD]ependencies": \{[^}]*\}/g, "");
    const unused = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
      const typed = name.replace(/^@types\//, "");
      return !imported.has(typed) && !config.includes(typed) && !RUN_BY_OTHERS.has(name);
    });
    expect(unused, "drop them from package.json").toEqual([]);
  });
});

/** Packages that no file of ours names: types the compiler finds by itself, and what another package asks for. */
const RUN_BY_OTHERS = new Set([
  "@types/node",
  "@types/pg",
  "@types/qrcode",
  "@types/webextension-polyfill",
  "typescript",
  "vite",
  "playwright",
  "simple-icons",
  "react",
  "react-dom",
]);

const DOCUMENTS = [
  "README.md",
  "README.zh-CN.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "LICENSE",
];

describe("the documents", () => {
  test("are there", () => {
    expect(DOCUMENTS.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("show every room on the house map", () => {
    const map = readText("docs/house-map.md");
    for (const room of Object.keys(ROOMS)) expect(map, room).toMatch(new RegExp(`\\b${room}/`));
  });

  test("name only files that are there", () => {
    const documents = [
      ...DOCUMENTS.filter((path) => existsSync(join(ROOT, path))),
      ...listFiles("docs"),
    ].filter((path) => path.endsWith(".md"));
    const there = new Set(["docs", "extension", "shared", "tests", ".ci"].flatMap(listFiles));
    const folders = [...there].flatMap((path) =>
      path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/")),
    );
    const known = new Set([...there, ...folders]);
    const missing = documents.flatMap((document) => {
      const paths = readText(document).matchAll(/`((?:docs|extension|shared|tests)\/[\w./-]*\w)\/?`/g);
      return [...paths]
        .map(([, path]) => path ?? "")
        .filter((path) => !known.has(path))
        .map((path) => `${document}: ${path}`);
    });
    expect(missing).toEqual([]);
  });
});
