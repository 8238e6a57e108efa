/**
 * Writes the drawings of extension/ui/issuer-marks/issuer-table.ts out of the simple-icons package: one small file each in
 * extension/public/issuer-marks/, in the ink that its colour asks for, and the table of their colours. The files are
 * committed; run this again (`npm exec -- node tests/support/make-issuer-marks.ts`) after changing the table of
 * services or the version of simple-icons. Why one file each: docs/decisions/0005-one-file-per-issuer-mark.md.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { INK_COLOURS, inkOn } from "../../extension/ui/issuer-marks/ink.ts";
import { KNOWN_ISSUERS } from "../../extension/ui/issuer-marks/issuer-table.ts";

const root = new URL("../../", import.meta.url);
const drawings = new URL("extension/public/issuer-marks/", root);
const colours = new URL("extension/ui/issuer-marks/mark-colours.ts", root);

type Icon = { readonly slug: string; readonly hex: string };
const icons = JSON.parse(
  readFileSync(new URL("node_modules/simple-icons/data/simple-icons.json", root), "utf8"),
) as Icon[];
const hexBySlug = new Map(icons.map(({ slug, hex }) => [slug, hex]));

const slugs = KNOWN_ISSUERS.flatMap((service) => ("slug" in service ? [service.slug] : [])).sort();
mkdirSync(drawings, { recursive: true });
for (const old of readdirSync(drawings)) rmSync(new URL(old, drawings));

const lines: string[] = [];
for (const slug of slugs) {
  const hex = hexBySlug.get(slug);
  if (hex === undefined)
    throw new Error(`simple-icons has no ${slug}: give the service a letter and a colour`);
  const colour = `#${hex.toLowerCase()}`;
  const source = readFileSync(new URL(`node_modules/simple-icons/icons/${slug}.svg`, root), "utf8");
  const path = / d="([^"]+)"/.exec(source)?.[1];
  if (path === undefined) throw new Error(`no path in the drawing of ${slug}`);
  writeFileSync(
    new URL(`${slug}.svg`, drawings),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${INK_COLOURS[inkOn(colour)]}"><path d="${path}"/></svg>\n`,
  );
  lines.push(`  ${/^[a-z]\w*$/.test(slug) ? slug : `"${slug}"`}: "${colour}",`);
}

writeFileSync(
  colours,
  `/** Written by tests/support/make-issuer-marks.ts: the colours services use for themselves, by the slug of their drawing. */
export const MARK_COLOURS = {
${lines.join("\n")}
} as const;

export type MarkSlug = keyof typeof MARK_COLOURS;
`,
);
console.log(`${slugs.length} drawings in ${fileURLToPath(drawings)}`);
