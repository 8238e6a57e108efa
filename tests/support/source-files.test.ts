import { expect, test } from "vitest";
import { readImports } from "./source-files.ts";

test("every way of importing a file is seen", () => {
  const text = [
    'import a from "./a.ts";',
    'import { type B, c } from "../b.ts";',
    'import type { D } from "./d.ts";',
    'import { type E } from "./e.ts";',
    'import "./f.css";',
    'import {\n  g,\n  h,\n} from "pkg/g";',
    'export { i } from "./i.ts";',
    'export * from "./j.ts";',
    // Cut in two, so that this file itself isn't read as importing them.
    `const k = await import(${'"./k.ts"'});`,
    `new Worker(new URL(${'"./l.worker.ts"'}, import.meta.url));`,
    ' * import m from "./prose.ts"',
  ].join("\n");
  expect(readImports("shared/x/y.ts", text).map(({ to, kind }) => `${kind} ${to}`)).toEqual([
    "value shared/x/a.ts",
    "value shared/b.ts",
    "type shared/x/d.ts",
    "type shared/x/e.ts",
    "value shared/x/f.css",
    "value pkg/g",
    "value shared/x/i.ts",
    "value shared/x/j.ts",
    "value shared/x/k.ts",
    "value shared/x/l.worker.ts",
  ]);
});
