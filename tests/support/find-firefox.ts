import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findOnPath, isExecutable } from "./find-browser.ts";

/** A Firefox that can load the extension. Only an ESR takes a package without Mozilla's signature, where it is told to. */
export type FoundFirefox = { readonly path: string; readonly version: number; readonly isEsr: boolean };

/** As strict_min_version in wxt.config.ts. */
const OLDEST_VERSION = 140;

const NAMES_ON_PATH = ["firefox-esr", "firefox"];

/**
 * Finds Firefox: FIREFOX_PATH, then the names on PATH, then the usual places of macOS and Windows.
 *
 * @returns null where there is none, or only one that is too old. A FIREFOX_PATH that can't be run throws
 */
export function findFirefox(environment: NodeJS.ProcessEnv = process.env): FoundFirefox | null {
  const chosen = environment.FIREFOX_PATH;
  if (chosen && !isExecutable(chosen))
    throw Error(`FIREFOX_PATH names "${chosen}", which is no program that can be run`);
  const paths = chosen ? [chosen] : candidates(environment);
  for (const path of paths) {
    const found = describe(path);
    if (found !== null && found.version >= OLDEST_VERSION) return found;
  }
  return null;
}

function candidates(environment: NodeJS.ProcessEnv): string[] {
  const onPath = NAMES_ON_PATH.flatMap((name) => findOnPath(name, environment) ?? []);
  const elsewhere =
    process.platform === "darwin"
      ? ["/Applications/Firefox.app/Contents/MacOS/firefox"]
      : process.platform === "win32"
        ? ["ProgramFiles", "ProgramFiles(x86)"].flatMap((key) =>
            environment[key] ? [join(environment[key], "Mozilla Firefox", "firefox.exe")] : [],
          )
        : [];
  return [...onPath, ...elsewhere.filter(isExecutable)];
}

/** Asks the program itself; null where it does not answer as Firefox does. */
function describe(path: string): FoundFirefox | null {
  try {
    const said = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const version = /Firefox (\d+)/.exec(said)?.[1];
    return version === undefined ? null : { path, version: Number(version), isEsr: /esr\s*$/.test(said) };
  } catch {
    return null;
  }
}
