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
  "home-assistant.js",
  "ones.js",
];
/** Those that React draws. */
const BUNDLED = ["react-sign-in.js", "supabase-bare.js", "authing.js"];

const bundles = new Map<string, Promise<string>>();

/** The text of a file of browser/; null where there is none of that name. React's pages are bundled when first asked for. */
export async function readAsset(name: string): Promise<string | null> {
  if (BUNDLED.includes(name)) {
    const bundle = bundles.get(name) ?? bundleReact(name);
    bundles.set(name, bundle);
    return bundle;
  }
  return FILES.includes(name) ? readFile(join(FOLDER, name), "utf8") : null;
}

async function bundleReact(name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: join(FOLDER, name), output: { format: "es" } },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !("output" in first)) throw Error("vite built nothing");
  return first.output[0].code;
}
