import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { CHECKS, type Edit } from "./checks.ts";

/** In the environment of a run: which check the client's code is without, by its place in CHECKS. */
export const WITHOUT_CHECK = "WITHOUT_CHECK";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Takes one check out of the sources as they are loaded, so that its test can show that it would be missed. */
export function withoutCheck(which = process.env[WITHOUT_CHECK]): Plugin {
  const edits = which === undefined ? [] : (CHECKS[Number(which)]?.edits ?? []);
  return {
    name: "without-check",
    enforce: "pre",
    transform(code, id) {
      const path = id.split("?")[0]?.replaceAll("\\", "/") ?? "";
      const here = edits.filter(({ file }) => path === `${root.replaceAll("\\", "/")}${file}`);
      return here.length === 0 ? null : { code: here.reduce(without, code), map: null };
    },
  };
}

/** A source without a check. Throws where its text does not stand there just once. */
export function without(code: string, { file, find, without: instead }: Edit): string {
  const parts = code.split(find);
  if (parts.length !== 2) throw Error(`${file} has ${parts.length - 1} times: ${find}`);
  return parts.join(instead);
}
