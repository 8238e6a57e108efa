import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A browser found on this machine. Branded ones (Chrome from 137, Edge) ignore --load-extension. */
export type FoundBrowser = { readonly path: string; readonly kind: "chromium" | "branded" };

/** What to look for, in this order: a plain Chromium is preferred, it loads unpacked extensions by a switch. */
const NAMES_ON_PATH = [
  { name: "chromium", kind: "chromium" },
  { name: "chromium-browser", kind: "chromium" },
  { name: "chrome-for-testing", kind: "chromium" },
  { name: "google-chrome-for-testing", kind: "chromium" },
  { name: "google-chrome", kind: "branded" },
  { name: "google-chrome-stable", kind: "branded" },
  { name: "microsoft-edge", kind: "branded" },
  { name: "microsoft-edge-stable", kind: "branded" },
  { name: "msedge", kind: "branded" },
] as const;

const MAC_APPLICATIONS = [
  { name: "Chromium", kind: "chromium" },
  { name: "Google Chrome for Testing", kind: "chromium" },
  { name: "Google Chrome", kind: "branded" },
  { name: "Microsoft Edge", kind: "branded" },
] as const;

const WINDOWS_PROGRAMS = [
  { path: ["Chromium", "Application", "chrome.exe"], kind: "chromium" },
  { path: ["Google", "Chrome for Testing", "Application", "chrome.exe"], kind: "chromium" },
  { path: ["Google", "Chrome", "Application", "chrome.exe"], kind: "branded" },
  { path: ["Microsoft", "Edge", "Application", "msedge.exe"], kind: "branded" },
] as const;

/**
 * Finds a browser of the Chromium family: CHROME_PATH, then the names on PATH, then the usual places of macOS and
 * Windows.
 *
 * @returns null where there is none. A CHROME_PATH that can't be run is a mistake to be told, not to be passed over:
 *   it throws.
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): FoundBrowser | null {
  const chosen = environment.CHROME_PATH;
  if (chosen) {
    if (!isExecutable(chosen))
      throw Error(`CHROME_PATH names "${chosen}", which is no program that can be run`);
    return { path: chosen, kind: kindByPath(chosen) };
  }
  return candidates(environment).find((candidate) => isExecutable(candidate.path)) ?? null;
}

/** Looks for a program by its name on PATH; null where there is none. */
export function findOnPath(name: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  return (
    foldersOnPath(environment)
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? null
  );
}

/** Tells a branded browser by where it lies or what it is called; any other is taken for a plain Chromium. */
function kindByPath(path: string): FoundBrowser["kind"] {
  if (/for[- ]testing|chrome-(linux|mac|win)/i.test(path)) return "chromium";
  return /google-?chrome|google chrome|google[/\\]chrome|edge/i.test(path) ? "branded" : "chromium";
}

function candidates(environment: NodeJS.ProcessEnv): FoundBrowser[] {
  const folders = foldersOnPath(environment);
  const onPath = NAMES_ON_PATH.flatMap(({ name, kind }) =>
    folders.map((folder) => ({ path: join(folder, name), kind })),
  );
  if (process.platform === "darwin") {
    const roots = ["/Applications", join(environment.HOME ?? "", "Applications")];
    const applications = MAC_APPLICATIONS.flatMap(({ name, kind }) =>
      roots.map((root) => ({ path: join(root, `${name}.app`, "Contents", "MacOS", name), kind })),
    );
    return [...onPath, ...applications];
  }
  if (process.platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap(
      (key) => environment[key] ?? [],
    );
    return WINDOWS_PROGRAMS.flatMap(({ path, kind }) =>
      roots.map((root) => ({ path: join(root, ...path), kind })),
    );
  }
  return onPath;
}

function foldersOnPath(environment: NodeJS.ProcessEnv): string[] {
  return (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** Whether a path names a program that may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
