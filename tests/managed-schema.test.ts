import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePolicy, SETTINGS } from "../extension/policy/parse-policy.ts";
import { ROOT } from "./support/source-files.ts";

/** What administrators are told, beside what is read. */
const schema = JSON.parse(readFileSync(join(ROOT, "extension/public/managed-schema.json"), "utf8")) as {
  readonly type: string;
  readonly properties: Readonly<Record<string, { type: string; title: string; description: string }>>;
};
const guide = readFileSync(join(ROOT, "docs/managed.md"), "utf8");
const names = Object.keys(SETTINGS);

const OF_TYPE: Readonly<Record<string, unknown>> = {
  string: "https://codes.example.com/",
  boolean: true,
  integer: 5,
};

describe("the schema that Chromium is given", () => {
  test("has every setting and no other, each with words for it", () => {
    expect(schema.type).toBe("object");
    expect(Object.keys(schema.properties)).toEqual(names);
    for (const { title, description } of Object.values(schema.properties)) {
      expect(title).not.toBe("");
      expect(description).not.toBe("");
    }
  });

  // Chromium loads no extension whose schema has what it does not know, and drops values that don't fit before anybody
  // could name them: so it says the type and nothing more.
  test.each(names)("gives %s a type of which the extension takes values", (name) => {
    const { type = "", title: _, description: __, ...more } = schema.properties[name] ?? {};
    expect(more).toEqual({});
    expect(parsePolicy({ [name]: OF_TYPE[type] })).toMatchObject({ [name]: OF_TYPE[type], unread: [] });
  });
});

describe("the guide for administrators", () => {
  test.each(names)("explains %s", (name) => {
    expect(guide).toContain(`| \`${name}\` |`);
  });

  test("has examples that are read whole", () => {
    const blocks = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text ?? ""));
    expect(blocks.length).toBeGreaterThan(0);
    const found = blocks.flatMap(settingsIn);
    expect(found.length).toBe(blocks.length);
    for (const settings of found) expect(parsePolicy(settings).unread).toEqual([]);
  });
});

/** The settings in an example, however deep the browser wants them. */
function settingsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  if (Object.keys(value).some((key) => names.includes(key))) return [value];
  return Object.values(value).flatMap(settingsIn);
}
