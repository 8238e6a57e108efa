import { readFileSync } from "node:fs";
import * as z from "zod/mini";

/**
 * What the configuration must not show to whoever may read it: either itself, or `{ "file": "…" }`, a file that holds it.
 * It is read with the configuration, so that a file that is not there is told at the start.
 */
export const secretText = z.pipe(
  z.union([z.string().check(z.minLength(1)), z.strictObject({ file: z.string().check(z.minLength(1)) })]),
  z.transform((said, { issues }): string => {
    const text = typeof said === "string" ? said : readSecret(said.file);
    if (text !== null) return text;
    issues.push({ code: "custom", message: "the file is not there, can't be read or is empty", input: null });
    return z.NEVER;
  }),
);

function readSecret(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "") || null;
  } catch {
    return null;
  }
}
