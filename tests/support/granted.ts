import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./source-files.ts";

/** The browsers that there are builds for, as their folders in .output/ are called. */
export const BUILDS = ["chrome-mv3", "firefox-mv3"] as const;

/** What a manifest lets the extension do, as sorted lines like "permission activeTab", so that two can be compared. */
export function grantedBy(manifest: Readonly<Record<string, unknown>>): string[] {
  const list = (name: string) => (manifest[name] ?? []) as unknown[];
  const lines = [
    ...list("permissions").map((each) => `permission ${each}`),
    ...list("optional_permissions").map((each) => `optional permission ${each}`),
    ...list("host_permissions").map((each) => `host ${each}`),
    ...list("optional_host_permissions").map((each) => `optional host ${each}`),
    ...list("content_scripts").map((each) => `content script ${JSON.stringify(each)}`),
    ...list("web_accessible_resources").map((each) => `web accessible ${JSON.stringify(each)}`),
    ...list("externally_connectable").map((each) => `externally connectable ${JSON.stringify(each)}`),
    ...policyOf(manifest),
  ];
  return lines.sort();
}

/** The manifest of a build. */
export function readManifest(build: (typeof BUILDS)[number]): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, ".output", build, "manifest.json"), "utf8")) as Record<
    string,
    unknown
  >;
}

/** One line for each source of each directive: one more source is one more thing that is allowed. */
function policyOf(manifest: Readonly<Record<string, unknown>>): string[] {
  const policies = (manifest.content_security_policy ?? {}) as Record<string, string>;
  return Object.entries(policies).flatMap(([where, policy]) =>
    policy
      .split(";")
      .map((directive) => directive.trim().split(/\s+/))
      .flatMap(([name, ...sources]) => sources.map((source) => `policy ${where} ${name} ${source}`)),
  );
}
