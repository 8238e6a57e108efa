import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";

const FOLDER = join(import.meta.dirname, "browser");

/** The name is checked against this list: it comes from the address. */
const FILES = [
  "site.css",
  "site.js",
  "six-boxes.js",
  "shadow-root.js",
  "canvas.js",
  "watch.js",
  "late-code.js",
  "systems.js",
  "supabase.js",
  "authing.js",
  "home-assistant.js",
  "ones.js",
];
const BUNDLED = "react-sign-in.js";

let bundle: Promise<string> | null = null;

/** The text of a file of browser/; null where there is none of that name. React's page is bundled when first asked for. */
export async function readAsset(name: string): Promise<string | null> {
  if (name === BUNDLED) {
    bundle ??= bundleReact();
    return bundle;
  }
  return FILES.includes(name) ? readFile(join(FOLDER, name), "utf8") : null;
}

async function bundleReact(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: join(FOLDER, BUNDLED), output: { format: "es" } },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !("output" in first)) throw Error("vite built nothing");
  return first.output[0].code;
}
