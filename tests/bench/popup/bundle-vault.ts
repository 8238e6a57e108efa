import { join } from "node:path";
import { build } from "vite";

/** The text of vault-in-page.ts with all that it imports, as one script to be evaluated in a page. */
export async function bundleVault(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2024",
      lib: {
        entry: join(import.meta.dirname, "vault-in-page.ts"),
        formats: ["iife"],
        name: "benchVaultBundle",
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && "output" in output ? output.output : [];
  if (chunk?.type !== "chunk") throw Error("the vault's code was not bundled");
  return chunk.code;
}
