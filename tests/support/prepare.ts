import { spawnSync } from "node:child_process";
import { findBrowser, findOnPath } from "./find-browser.ts";
import { findFirefox } from "./find-firefox.ts";
import { hasXvfb } from "./xvfb.ts";

/**
 * The first half of `npm test`: sees to it that there is a browser (and, where it can be had, a screen for real keys),
 * then builds the extension for the tests that load it. Ends with 1 and the one thing to do where it can't go on.
 *
 * `--chromium-only` leaves Firefox aside, for what is shown in Chromium alone.
 */
const isChromiumOnly = process.argv.includes("--chromium-only");

if (!browserIsThere()) {
  if (!mayInstall()) stop(whatToDo());
  say("No browser found: installing Debian's chromium (and xvfb, xdotool, fonts-noto-cjk) with apt-get.");
  install(["chromium", "xvfb", "xdotool", "fonts-noto-cjk"]);
  if (!browserIsThere())
    stop("apt-get ended without a browser: install chromium by hand, then run this again.");
} else if (!hasXvfb()) {
  if (mayInstall()) {
    say("No screen for tests with real keys: installing xvfb and xdotool with apt-get.");
    install(["xvfb", "xdotool"]);
  }
  if (!hasXvfb()) say("Without xvfb and xdotool the tests that press real keys are skipped.");
}

if (!isChromiumOnly && findFirefox() === null) {
  if (mayInstall()) {
    say("No Firefox found: installing Debian's firefox-esr with apt-get.");
    install(["firefox-esr"]);
  }
  if (findFirefox() === null) say("Without Firefox (140 or later) the tests in it are skipped.");
}

// What the bundler remarks on other people's packages is of interest only where it fails.
for (const browser of isChromiumOnly ? ["chrome"] : ["chrome", "firefox"]) {
  const build = spawnSync("wxt", ["build", "-b", browser, "--level", "error"], {
    stdio: ["ignore", "inherit", "pipe"],
    shell: process.platform === "win32",
  });
  if (build.status !== 0) {
    process.stderr.write(build.stderr ?? "");
    stop("The extension does not build.");
  }
}

function browserIsThere(): boolean {
  try {
    return findBrowser() !== null;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function mayInstall(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && findOnPath("apt-get") !== null;
}

/** A failure shows in what is missing afterwards: apt-get may end with an error over something unrelated. */
function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  apt("-qq", "update");
  apt("-qq", "install", "--yes", "--no-install-recommends", ...packages);
}

function whatToDo(): string {
  if (findOnPath("apt-get") !== null) {
    return "No browser found. Run `sudo apt-get install chromium xvfb xdotool`, then run this again.";
  }
  return "No browser found. Install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to one.";
}

function say(message: string): void {
  console.log(message);
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
