import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ADMIN_COMMANDS } from "../../server/admin.ts";
import { BACKUP_COMMANDS } from "../../server/backup/commands.ts";
import { readConfig } from "../../server/config.ts";
import { ROOT, readSources } from "../support/source-files.ts";

/** What is written down for running the server, held against the server. */
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const all = (from: string, pattern: RegExp) => [...from.matchAll(pattern)].map(([, found = ""]) => found);

test("what the container copies is there, and is let in", () => {
  const copied = all(text("Dockerfile"), /^COPY (.+) \S+$/gm).flatMap((names) => names.split(" "));
  expect(copied.length).toBeGreaterThan(4);
  const letIn = all(text(".dockerignore"), /^!(.+)$/gm);
  expect(copied.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  expect([...copied].sort()).toEqual([...letIn].sort());
});

test("what the server imports is installed without what is for building and testing", () => {
  const { dependencies } = JSON.parse(text("package.json")) as { dependencies: Record<string, string> };
  const packages = [...readSources("server"), ...readSources("shared")].flatMap(({ imports }) =>
    imports
      .filter(({ to }) => !/^(server|shared)\/|^node:/.test(to))
      .map(({ to }) =>
        to
          .split("/")
          .slice(0, to.startsWith("@") ? 2 : 1)
          .join("/"),
      ),
  );
  expect([...new Set(packages)].filter((name) => dependencies[name] === undefined)).toEqual([]);
});

test("files that are named in files for running it are there", () => {
  const paths = [
    ...all(text("compose.yaml"), /- \.\/(\S+?):/g),
    ...all(text("deploy/countersign.service"), /ExecStart=\S+ (\S+)/g),
    ...all(text("docs/server.md"), /cp (deploy\/\S+)/g),
  ];
  expect(paths.length).toBe(3);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("each variable that is written down is one of the server's, and the other way round", () => {
  const known = [...new Set(all(text("server/config.ts"), /^ {2}(COUNTERSIGN_\w+|DATABASE_URL): z/gm))];
  // What stands in mfa.json has a table of its own.
  const [settings = ""] = /\n## Settings\n[\s\S]*?\n## /.exec(text("docs/server.md")) ?? [];
  const rows = all(settings, /^\| (`.+?`) \|/gm).join();
  expect(all(rows, /`(\w+)`/g).sort()).toEqual(known.sort());
  // Of compose itself.
  const others = ["COUNTERSIGN_DOMAIN"];
  for (const path of ["Dockerfile", "compose.yaml", "deploy/countersign.service"]) {
    const used = all(text(path), /(COUNTERSIGN_[A-Z_]+)/g);
    expect(
      used.filter((name) => !known.includes(name) && !others.includes(name)),
      path,
    ).toEqual([]);
  }
});

test("with the settings of the container and of compose the server starts", () => {
  const environment = Object.fromEntries(
    [...text("Dockerfile").matchAll(/^(?:ENV| {3}) (\w+)=(\S+?)( \\)?$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const composed = { COUNTERSIGN_ORIGIN: "https://codes.example.com", COUNTERSIGN_BEHIND_PROXY: "yes" };
  expect(environment).toMatchObject({ COUNTERSIGN_DATA: "/data", COUNTERSIGN_HOST: "0.0.0.0" });
  expect(readConfig({ ...environment, ...composed }, "/app")).toMatchObject({
    ok: true,
    value: { dataFolder: "/data", port: 8420 },
  });
});

test("each command that is written down is one of the server's", () => {
  const known = [...Object.keys(ADMIN_COMMANDS), ...Object.keys(BACKUP_COMMANDS)];
  const named = all(text("docs/server.md"), /\badmin ([a-z-]+)/g);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
