import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUILDS, grantedBy, readManifest } from "./granted.ts";
import { ROOT } from "./source-files.ts";

/** Run when a version is released, after `npm run zip`: writes what it may do into tests/granted-at-release.json. */
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const granted = Object.fromEntries(BUILDS.map((build) => [build, grantedBy(readManifest(build))]));
const file = join(ROOT, "tests/granted-at-release.json");
writeFileSync(file, `${JSON.stringify({ version, granted, agreedSince: [] }, null, 2)}\n`);
