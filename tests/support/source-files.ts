import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, as a path. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A file of the repository. `path` is relative to the root, with "/". */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
};

/** `to` is a path relative to the root for a file of ours, the package's name otherwise. */
export type Import = { readonly to: string; readonly kind: "value" | "type"; readonly line: number };

/** Every TypeScript file below a folder of the repository, with what it imports. */
export function readSources(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return { path, text, imports: readImports(path, text) };
    });
}

/** The paths of all files below a folder, relative to the root; none where the folder isn't there. */
export function listFiles(folder: string): string[] {
  const absolute = join(ROOT, folder);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/**
 * The import and re-export statements, imports by call, and files named to the bundler by `new URL(…, import.meta.url)`.
 * The formatter starts every statement on a line of its own, so a line's beginning tells code from prose.
 */
export function readImports(path: string, text: string): Import[] {
  const found: Import[] = [];
  const statements = /^(?:import|export)\s+(type\s+)?(?:([\w$*\s{},]*?)\s*from\s+)?"([^"\n]+)"/gm;
  for (const match of text.matchAll(statements)) {
    const [, wholeType, names = "", source = ""] = match;
    const members = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(",") ?? [];
    const named = members.map((member) => member.trim()).filter((member) => member !== "");
    const onlyTypes = named.length > 0 && named.every((member) => member.startsWith("type "));
    found.push({
      to: target(path, source),
      kind: wholeType || onlyTypes ? "type" : "value",
      line: text.slice(0, match.index).split("\n").length,
    });
  }
  const calls = /(?:\bimport\(\s*|new URL\(\s*)"([^"\n]+)"(?:\s*\)|\s*,\s*import\.meta\.url)/g;
  for (const match of text.matchAll(calls)) {
    const line = text.slice(0, match.index).split("\n").length;
    found.push({ to: target(path, match[1] ?? ""), kind: "value", line });
  }
  return found;
}

function target(from: string, source: string): string {
  const path = source.replace(/\?.*$/, "");
  return path.startsWith(".") ? posix.join(posix.dirname(from), path) : path;
}
