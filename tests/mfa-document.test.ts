import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseMfaConfig } from "../server/mfa/config.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const document = readFileSync(`${ROOT}docs/mfa.md`, "utf8");

/** Rows of the tables for those who know another system: they end with a path and the title of a test. */
const rows = [...document.matchAll(/^\| .* \| `(tests\/[^`]+)`: "(.+)" \|$/gm)].map(
  ([, path = "", title = ""]) => ({ path, title }),
);

it("docs/mfa.md names for each concept of another system a test that is there, with its title", () => {
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.filter(
    ({ path, title }) =>
      !path.split("/").at(-1)?.includes("mfa") ||
      !existsSync(ROOT + path) ||
      !readFileSync(ROOT + path, "utf8").includes(title),
  );
  expect(wrong).toEqual([]);
});

it("docs/mfa.md has no row of another system without its test", () => {
  const [, tables = ""] = /## For those who know another system\n([\s\S]*?)\n## How/.exec(document) ?? [];
  const others = tables.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| there "));
  expect(others.length).toBe(rows.length);
});

it("docs/mfa.md names no test that is not there", () => {
  const named = [...document.matchAll(/`(tests\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

it("docs/server.md has an example of mfa.json with every setting, which is taken as it stands", () => {
  const server = readFileSync(`${ROOT}docs/server.md`, "utf8");
  const [, section = ""] = /## Second factors\n([\s\S]*?)\n## /.exec(server) ?? [];
  const [, example = ""] = /```json\n([\s\S]*?)```/.exec(section) ?? [];
  const parsed = parseMfaConfig(example);
  expect(parsed.ok ? [] : parsed.error).toEqual([]);
  if (!parsed.ok) return;
  for (const setting of [...Object.keys(parsed.value.policy), "modules", "mail"]) {
    expect(example).toContain(`"${setting}"`);
    expect(section).toContain(`| \`${setting}\` |`);
  }
});
