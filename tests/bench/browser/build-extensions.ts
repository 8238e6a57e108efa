import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "wxt";

const ROOT = resolve(import.meta.dirname, "../../..");

/** Unpacked extensions in a folder of their own. */
export type BuiltExtensions = {
  /** The product, as it is released. */
  readonly productPath: string;
  /** Paths by number of entries: the product under another id each, so that each has a vault of its own. */
  readonly copyPaths: ReadonlyMap<number, string>;
  /** An extension that is nothing but one page of plain HTML. */
  readonly emptyPath: string;
  remove(): Promise<void>;
};

/** Builds the product from the sources as they are now, beside the build that other commands use. */
export async function buildExtensions(entryCounts: readonly number[]): Promise<BuiltExtensions> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  try {
    await build({
      root: ROOT,
      outDir: join(folder, "product"),
      logger: SILENT,
    });
    const productPath = join(folder, "product/chrome-mv3");
    const copyPaths = new Map<number, string>();
    for (const count of entryCounts) {
      copyPaths.set(count, await copyUnderAnotherId(productPath, join(folder, `entries-${count}`)));
    }
    const emptyPath = await writeEmptyExtension(join(folder, "empty"));
    return {
      productPath,
      copyPaths,
      emptyPath,
      remove: () => rm(folder, { recursive: true, maxRetries: 5 }),
    };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}

/** Without the key of its manifest an extension is named by the path it lies at. */
async function copyUnderAnotherId(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  const manifest: Record<string, unknown> = JSON.parse(await readFile(join(to, "manifest.json"), "utf8"));
  delete manifest.key;
  await writeFile(join(to, "manifest.json"), JSON.stringify(manifest));
  return to;
}

/** Its popup has the size of ours, and a code in it that is there from the start. */
const EMPTY_POPUP = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Empty</title><link rel="stylesheet" href="popup.css"></head>
  <body><p data-code="123456">123 456</p></body>
</html>
`;

async function writeEmptyExtension(path: string): Promise<string> {
  const manifest = {
    manifest_version: 3,
    name: "Empty",
    version: "1",
    action: { default_popup: "popup.html" },
  };
  await mkdir(path);
  await writeFile(join(path, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(path, "popup.html"), EMPTY_POPUP);
  await writeFile(join(path, "popup.css"), "body { inline-size: 380px; block-size: 560px; margin: 0 }\n");
  return path;
}

const say = () => {};
/** The builder's own report has hundreds of lines; what goes wrong it throws. */
const SILENT = {
  level: 0,
  debug: say,
  log: say,
  info: say,
  warn: say,
  error: (...parts: unknown[]) => console.error(...parts),
  fatal: (...parts: unknown[]) => console.error(...parts),
  success: say,
};
