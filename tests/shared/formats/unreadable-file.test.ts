import { expect, test } from "vitest";
import { hexToBytes } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { readFixture, readText } from "../../support/read-sample.ts";

const STARTS: [string, string, string][] = [
  ["KeePass 2", "03d9a29a67fb4bb500000400", "keepass-database"],
  ["KeePass 1", "03d9a29a65fb4bb503000000", "keepass-database"],
  ["PNG", "89504e470d0a1a0a0000000d49484452", "picture"],
  ["JPEG", "ffd8ffe000104a464946000101000001", "picture"],
  ["HEIC", "000000186674797068656963000000006d696631", "picture"],
  ["BMP", "424d36000300000000003600000028000000", "picture"],
];

test.each(STARTS)("%s is recognised, and the way on is said", async (_, hex, reason) => {
  const bytes = hexToBytes(hex);
  expect(bytes.ok && (await readFile(bytes.value, null))).toMatchObject({ ok: false, error: { reason } });
});

test("so are a PDF and an SVG", async () => {
  expect(await readFixture("unreadable-file.pdf")).toMatchObject({ error: { reason: "pdf" } });
  expect(await readText('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')).toMatchObject({
    error: { reason: "picture" },
  });
});

test("a text that speaks of a picture is none", async () => {
  expect(await readText("<html><body><svg></svg></body></html>")).toMatchObject({
    error: { reason: "unknown-format" },
  });
});
