import { build } from "vite";

/** The text of a module with all that it imports, as one script to be evaluated in a page. @param entry its path */
export async function bundleScript(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2024",
      lib: { entry, formats: ["iife"], name: "benchBundle" },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && "output" in output ? output.output : [];
  if (chunk?.type !== "chunk") throw Error(`${entry} was not bundled`);
  return chunk.code;
}
