import fc from "fast-check";
import { expect, test } from "vitest";
import { csvHeader, readCsv } from "../../../../shared/formats/parts/csv.ts";

test("quotes, line breaks in cells and rows of any length are read as they are written", async () => {
  const text = '\ufeffa,"b ""c""",d\r\n\r\n1,"2\r\n3"\r\n4,5,6,7\r\n,,\r\n';
  expect(csvHeader(text)).toEqual(["a", 'b "c"', "d"]);
  expect(await readCsv(text)).toEqual({
    ok: true,
    value: [
      ["a", 'b "c"', "d"],
      ["1", "2\n3"],
      ["4", "5", "6", "7"],
    ],
  });
});

test("a text of one column is no table", () => {
  expect(csvHeader("secret\nJBSWY3DPEHPK3PXP")).toBeNull();
  expect(csvHeader("")).toBeNull();
  expect(csvHeader("\n".repeat(1_000_000))).toBeNull();
});

test("a table of more cells or text than any export is given up", async () => {
  expect(await readCsv(",".repeat(1_500_000))).toEqual({ ok: false, error: "too-large" });
  expect(await readCsv("a,b\n".repeat(600_000))).toEqual({ ok: false, error: "too-large" });
  expect(await readCsv("a".repeat(20_000_001))).toEqual({ ok: false, error: "too-large" });
});

test("what is written by the rules is read back", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "示", " ", "\t") });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const header = ["x", "y", "z"];
      const text = [header, ...table]
        .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(","))
        .join("\r\n");
      const kept = table.filter((row) => row.some((value) => value.trim() !== ""));
      expect(await readCsv(text)).toEqual({ ok: true, value: [header, ...kept] });
    }),
    { numRuns: 500 },
  );
});
