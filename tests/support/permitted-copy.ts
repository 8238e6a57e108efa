import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_EXTENSION } from "./extension.ts";

/**
 * Calls back with a copy of the built extension that has the permission for some hosts, or another optional one, from its
 * start, and removes it: in a headless browser nobody can answer the question for it.
 *
 * @param patterns e.g. "http://127.0.0.1/*"
 * @param permissions e.g. "downloads"
 */
export async function withPermittedCopy<Outcome>(
  patterns: readonly string[],
  work: (extensionPath: string) => Promise<Outcome>,
  permissions: readonly string[] = [],
): Promise<Outcome> {
  const path = await mkdtemp(join(tmpdir(), "countersign-permitted-"));
  try {
    await cp(BUILT_EXTENSION, path, { recursive: true });
    const file = join(path, "manifest.json");
    const manifest = JSON.parse(await readFile(file, "utf8")) as Record<"permissions", string[]> & object;
    const more = { host_permissions: patterns, permissions: [...manifest.permissions, ...permissions] };
    await writeFile(file, JSON.stringify({ ...manifest, ...more }));
    return await work(path);
  } finally {
    await rm(path, { recursive: true });
  }
}
