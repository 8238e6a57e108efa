import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Where the large collections of samples are, which are not part of this repository: CORPORA, or beside it. */
const corporaRoot = resolve(process.env.CORPORA ?? join(repositoryRoot, "../shared/corpora"));

/**
 * The path of a sample or a folder of samples, or null where the collections are absent. Tests then skip with
 * CORPORA_ABSENT as the reason; the fixtures of this repository cover the same behaviour.
 *
 * @param name relative to the collections, "otp-uris.json"
 */
export function corpusPath(name: string): string | null {
  const path = join(corporaRoot, name);
  return existsSync(path) ? path : null;
}

export const CORPORA_ABSENT = "the sample collections are absent; CORPORA may say where they are";
