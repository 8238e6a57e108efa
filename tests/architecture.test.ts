import { describe, expect, test } from "vitest";
import {
  BANNED_FILE_NAMES,
  BANNED_TEXT,
  isBetweenHouses,
  LONG_FILES,
  MAX_LINES,
  OTHER_FILE_NAMES,
  PACKAGES,
  ROOMS,
} from "./support/house.ts";
import { type Import, listFiles, readSources, type SourceFile } from "./support/source-files.ts";

/** The law of the house (docs/house-map.md). Change it only together with a file in docs/decisions/. */

const extension = readSources("extension");
const shared = readSources("shared");
const server = readSources("server");
const tests = readSources("tests");
const product = [...extension, ...shared, ...server];
const all = [...product, ...tests];

/** One line per offence: the file, and what to do about it. An empty list is what every rule wants. */
function offences(files: readonly SourceFile[], judge: (file: SourceFile) => string[]): string[] {
  return files.flatMap((file) => judge(file).map((what) => `${file.path}: ${what}`));
}

function judgeImports(file: SourceFile, judge: (to: Import) => string | null): string[] {
  return file.imports.flatMap((to) => {
    const what = judge(to);
    return what === null ? [] : [`line ${to.line}, ${to.to}: ${what}`];
  });
}

/** The room a file lives in: "shared", "server", "tests", or a folder of the extension. */
function roomOf(path: string): string {
  const [house = "", room = ""] = path.split("/");
  return house === "extension" ? room : house;
}

const isOurs = (to: Import) => /^(extension|shared|server|tests)\//.test(to.to);

describe("arrows", () => {
  test("shared/ knows nothing but itself", () => {
    expect(
      offences(shared, (file) =>
        judgeImports(file, (to) =>
          isOurs(to) && !to.to.startsWith("shared/")
            ? "move what is needed into shared/, or this out of it"
            : null,
        ),
      ),
    ).toEqual([]);
  });

  test("shared/ has no clock, no chance and no input or output: what it needs comes in as an argument", () => {
    const impure =
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.|\bMath\.random\(|\bset(Timeout|Interval)\(|\bfetch\(|\bindexedDB\b|\bcaches\./;
    expect(
      offences(shared, (file) => {
        const found = impure.exec(withoutComments(file.text));
        return found ? [`${found[0]} belongs to the caller`] : [];
      }),
    ).toEqual([]);
  });

  test("the product never imports its tests, and the extension and the server never each other", () => {
    expect(
      offences(product, (file) =>
        judgeImports(file, (to) => {
          if (to.to.startsWith("tests/")) return "tests are not part of the product";
          return isBetweenHouses(file.path, to) ? "what both need belongs in shared/" : null;
        }),
      ),
    ).toEqual([]);
  });

  test("inside the extension a room imports only the rooms below it", () => {
    expect(
      offences(extension, (file) =>
        judgeImports(file, (to) => {
          if (!to.to.startsWith("extension/")) return null;
          const [from, room] = [roomOf(file.path), roomOf(to.to)];
          if (from === room) return null;
          const below = ROOMS[from];
          if (below === undefined) return `${from} is no room yet: give it a line in tests/support/house.ts`;
          if (below.includes(room)) return null;
          if (from === "ui" && to.kind === "type") return null;
          return `${from} may import ${below.join(", ") || "no other room"}, not ${room}`;
        }),
      ),
    ).toEqual([]);
  });

  test("rooms form no circle", () => {
    for (const room of Object.keys(ROOMS)) {
      expect(
        reachable(room, (from) => ROOMS[from] ?? []),
        `${room} reaches itself`,
      ).not.toContain(room);
    }
  });

  test("files form no circle", () => {
    const next = new Map(
      all.map((file) => [file.path, file.imports.filter((to) => to.kind === "value").map((to) => to.to)]),
    );
    const circles = all.filter((file) => reachable(file.path, (from) => next.get(from) ?? []).has(file.path));
    expect(circles.map((file) => `${file.path} imports itself by way of others: cut the circle`)).toEqual([]);
  });

  test("only platform/browser.ts imports the browser's API, and nothing uses a global of it", () => {
    expect(
      offences(extension, (file) => [
        ...judgeImports(file, (to) =>
          to.to === "webextension-polyfill" && file.path !== "extension/platform/browser.ts"
            ? "import { browser } from platform/browser.ts"
            : null,
        ),
        ...(/(?<![\w./"'`])chrome\.\w+[.(]/.test(withoutComments(file.text))
          ? ["uses chrome.*: ask platform/browser.ts"]
          : []),
      ]),
    ).toEqual([]);
  });

  test("a component knows neither the browser's API nor cryptography", () => {
    const tsx = extension.filter((file) => file.path.endsWith(".tsx"));
    expect(
      offences(tsx, (file) =>
        judgeImports(file, (to) => {
          if (to.kind === "type") return null;
          if (to.to === "extension/platform/browser.ts")
            return "let a room or a file of platform/ ask the browser";
          return to.to.startsWith("shared/crypto/") ? "let a room do the cryptography" : null;
        }),
      ),
    ).toEqual([]);
  });

  test("every package comes in by its own door", () => {
    expect(
      offences(product, (file) =>
        judgeImports(file, (to) => {
          if (isOurs(to) || to.to.startsWith("/")) return null;
          if (to.to.startsWith("node:"))
            return file.path.startsWith("server/") ? null : "Node is the server's, the browser has none";
          const name = to.to
            .split("/")
            .slice(0, to.to.startsWith("@") ? 2 : 1)
            .join("/");
          const doors = PACKAGES[name];
          if (doors === undefined)
            return `give ${name} a line in tests/support/house.ts and docs/dependencies.md`;
          return doors.some((door) => file.path.startsWith(door))
            ? null
            : `${name} is for ${doors.join(", ")} only`;
        }),
      ),
    ).toEqual([]);
  });

  test("every import names a file that is there", () => {
    const there = new Set(["extension", "shared", "server", "tests"].flatMap(listFiles));
    expect(
      offences(all, (file) =>
        judgeImports(file, (to) => (isOurs(to) && !there.has(to.to) ? "no such file" : null)),
      ),
    ).toEqual([]);
  });
});

describe("files", () => {
  test(`are at most ${MAX_LINES} lines long, tables excepted`, () => {
    expect(
      offences(all, ({ path, text }) => {
        const lines = text.trimEnd().split("\n").length;
        return lines > MAX_LINES && !LONG_FILES.includes(path)
          ? [`${lines} lines: which second concept moved in?`]
          : [];
      }),
    ).toEqual([]);
    const there = all.map((file) => file.path);
    expect(
      LONG_FILES.filter((path) => !there.includes(path)),
      "no longer there: drop the exception",
    ).toEqual([]);
  });

  test("are all reached from something the browser or the server loads", () => {
    const entrypoint = /^(extension\/entrypoints\/([^/]+\.tsx?|[^/]+\/(main|index)\.tsx?)|server\/main\.ts)$/;
    const next = new Map(product.map((file) => [file.path, file.imports.map((to) => to.to)]));
    const roots = product.filter((file) => entrypoint.test(file.path)).map((file) => file.path);
    const loaded = new Set(
      roots.flatMap((root) => [root, ...reachable(root, (from) => next.get(from) ?? [])]),
    );
    const idle = product.filter((file) => !loaded.has(file.path));
    expect(idle.map((file) => `${file.path}: nothing uses it; wire it in or take it out`)).toEqual([]);
  });

  test("are named after their concept, in kebab-case", () => {
    expect(
      offences(all, ({ path }) => {
        const name = path.split("/").at(-1) ?? "";
        if (BANNED_FILE_NAMES.test(name)) return ["a file is named after the one concept in it"];
        return /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(name) || OTHER_FILE_NAMES.includes(name)
          ? []
          : ["not in kebab-case"];
      }),
    ).toEqual([]);
  });

  test("export by name", () => {
    expect(
      offences(product, ({ path, text }) =>
        /^export default/m.test(text) && roomOf(path) !== "entrypoints"
          ? ["only an entrypoint has a default export"]
          : [],
      ),
    ).toEqual([]);
  });

  test("hold nothing that was left behind", () => {
    expect(
      offences(product, ({ path, text }) =>
        BANNED_TEXT.filter(({ but }) => !but?.includes(path)).flatMap(({ pattern, why }) =>
          text
            .split("\n")
            .flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}: ${why}`] : [])),
        ),
      ),
    ).toEqual([]);
  });
});

function reachable(start: string, next: (from: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...next(start)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next(at));
  }
  return seen;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
