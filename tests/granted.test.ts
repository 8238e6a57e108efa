import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUILDS, grantedBy, readManifest } from "./support/granted.ts";
import { ROOT } from "./support/source-files.ts";

/**
 * What the built extension may do, beside what the last release might: whoever updates has agreed to that, and browsers
 * switch off an extension that wants more. What is new passes only as a line of `agreedSince`, with its decision.
 */
type Agreed = { readonly line: string; readonly decision: string };
const release = JSON.parse(readFileSync(join(ROOT, "tests/granted-at-release.json"), "utf8")) as {
  readonly granted: Readonly<Record<string, readonly string[]>>;
  readonly agreedSince: readonly Agreed[];
};

describe.each(BUILDS)("%s", (build) => {
  test.runIf(existsSync(join(ROOT, ".output", build)))(
    "may do nothing that the last release might not",
    () => {
      const known = [...(release.granted[build] ?? []), ...release.agreedSince.map(({ line }) => line)];
      expect(grantedBy(readManifest(build)).filter((line) => !known.includes(line))).toEqual([]);
    },
  );
});

test("what was agreed to since names a decision that is there", () => {
  const missing = release.agreedSince.filter(({ decision }) => !existsSync(join(ROOT, decision)));
  expect(missing).toEqual([]);
});

describe("the comparison", () => {
  const manifest = {
    permissions: ["activeTab"],
    optional_host_permissions: ["https://*/*"],
    content_security_policy: { extension_pages: "default-src 'none'; img-src 'self' data:" },
  };

  test("sees every kind of thing that a manifest can add", () => {
    const before = grantedBy(manifest);
    const more = {
      permissions: ["activeTab", "tabs"],
      optional_permissions: ["clipboardRead"],
      host_permissions: ["https://example.com/*"],
      optional_host_permissions: ["https://*/*", "file:///*"],
      content_scripts: [{ matches: ["https://*/*"], js: ["fill.js"] }],
      web_accessible_resources: [{ resources: ["popup.html"], matches: ["https://*/*"] }],
      content_security_policy: { extension_pages: "default-src 'none'; img-src 'self' data: https:" },
    };
    expect(grantedBy(more).filter((line) => !before.includes(line))).toEqual([
      'content script {"matches":["https://*/*"],"js":["fill.js"]}',
      "host https://example.com/*",
      "optional host file:///*",
      "optional permission clipboardRead",
      "permission tabs",
      "policy extension_pages img-src https:",
      'web accessible {"resources":["popup.html"],"matches":["https://*/*"]}',
    ]);
  });

  test("has nothing to say where something is given up", () => {
    const less = grantedBy({ permissions: ["activeTab"] });
    expect(less.filter((line) => !grantedBy(manifest).includes(line))).toEqual([]);
  });
});
