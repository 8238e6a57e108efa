import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pause } from "../browser/patience.ts";
import { formatBytes, formatTable } from "../table.ts";
import type { BenchBrowser } from "./bench-browser.ts";

export type Size = { readonly files: number; readonly bytes: number; readonly gzipped: number };
export type Bytes = {
  /** All files of the built extension. */
  readonly package: Size;
  /** HTML, scripts and styles that an opening popup really loads. */
  readonly popup: Size;
};

/** Weighs the built extension, and of it what the popup loads when it opens. */
export async function measureBytes(
  browser: BenchBrowser,
  entries: number,
  productPath: string,
): Promise<Bytes> {
  const id = browser.idsByCount.get(entries);
  if (id === undefined) throw Error(`no popup has ${entries} entries`);
  const popup = await browser.open("popup", id);
  await popup.firstCode;
  await pause(1000);
  const { frameTree } = await popup.session.send("Page.getResourceTree");
  const loaded = frameTree.resources.map(({ url }) => new URL(url).pathname.slice(1));
  await popup.close();
  const parts = [...new Set(["popup.html", ...loaded])].filter((path) => /\.(html|js|css)$/.test(path));
  const all = await readdir(productPath, { recursive: true, withFileTypes: true });
  const files = all.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return {
    package: await weigh(files),
    popup: await weigh(parts.map((path) => join(productPath, path))),
  };
}

export function bytesTable(bytes: Bytes): string {
  const row = (name: string, { files, bytes: plain, gzipped }: Size) => [
    name,
    String(files),
    formatBytes(plain),
    formatBytes(gzipped),
  ];
  return formatTable(
    "Bytes (kB = 1,000 bytes; each file gzipped by itself)",
    ["", "files", "as they are", "gzipped"],
    [
      row("the whole extension", bytes.package),
      row("HTML, scripts and styles of an opening popup", bytes.popup),
    ],
  );
}

async function weigh(paths: readonly string[]): Promise<Size> {
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  return {
    files: contents.length,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzipped: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}
