import { browser } from "./browser.ts";

/** The version of the extension, as in its manifest. */
export function ownVersion(): string {
  return browser.runtime.getManifest().version;
}

/** Name and version of the browser and of its system's family, as far as it tells every page: "Chromium 150, Linux". */
export function browserVersion(userAgent: string = navigator.userAgent): string {
  const [, firefox] = /Firefox\/(\d+)/.exec(userAgent) ?? [];
  const [, edge] = /Edg\/(\d+)/.exec(userAgent) ?? [];
  const [, chromium] = /Chrome\/(\d+)/.exec(userAgent) ?? [];
  const name = firefox
    ? `Firefox ${firefox}`
    : edge
      ? `Edge ${edge}`
      : chromium
        ? `Chromium ${chromium}`
        : "another browser";
  const system = /Windows|Mac OS X|CrOS|Android|Linux/.exec(userAgent)?.[0] ?? "another system";
  return `${name}, ${system}`;
}
