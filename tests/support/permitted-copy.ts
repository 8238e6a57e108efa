import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_EXTENSION } from "./extension.ts";

/**
 * Calls back with a copy of the built extension that has the permission for some hosts from its start, and removes it: in
 * a headless browser nobody can answer the question for it.
 *
 * @param patterns e.g. "http://127.0.0.1/*"
 */
export async function withPermittedCopy<Outcome>(
  patterns: readonly string[],
  work: (extensionPath: string) => Promise<Outcome>,
): Promise<Outcome> {
  const path = await mkdtemp(join(tmpdir(), "countersign-permitted-"));
  try {
    await cp(BUILT_EXTENSION, path, { recursive: true });
    const file = join(path, "manifest.json");
    const manifest: object = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...manifest, host_permissions: patterns }));
    return await work(path);
  } finally {
    await rm(path, { recursive: true });
  }
}
