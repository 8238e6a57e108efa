import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ROOT } from "./source-files.ts";
import { zip } from "./zip.ts";

/**
 * What a store is given of a built extension: its files, without the key of the manifest, for a store gives an id of its
 * own (docs/decisions/0003-fixed-key-without-private-half.md).
 *
 * @param folder of the build, absolute
 */
export function storePackage(folder: string): Buffer {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return zip(
    paths.map((path) => {
      const name = relative(folder, path).split(sep).join("/");
      const bytes = readFileSync(path);
      return { name, bytes: name === "manifest.json" ? withoutKey(bytes) : bytes };
    }),
  );
}

/**
 * What Mozilla's reviewers build the extension from: every file of the repository as it stands in the working folder.
 *
 * @returns null outside a repository, as in these very sources once they are unpacked
 */
export function sourcesPackage(): Buffer | null {
  if (!existsSync(join(ROOT, ".git"))) return null;
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" });
  const names = listed.split("\0").filter((name) => name !== "" && existsSync(join(ROOT, name)));
  return zip(names.map((name) => ({ name, bytes: readFileSync(join(ROOT, name)) })));
}

function withoutKey(bytes: Buffer): Buffer {
  const { key: _, ...manifest } = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  return Buffer.from(JSON.stringify(manifest));
}
