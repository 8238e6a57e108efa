import { expect, test } from "vitest";
import { readFixture, readText } from "../../support/read-sample.ts";

test("the code of an app that approves sign-ins is told by its name", async () => {
  expect(await readFixture("sign-in-code.txt")).toMatchObject({
    ok: true,
    value: { format: "sign-in-code", entries: [], rejected: [{ reason: "microsoft-push", line: 1 }] },
  });
  expect(await readText("\nduo://ABC\r\noktaverify://example.com\n")).toMatchObject({
    value: { rejected: [{ reason: "duo-push" }, { reason: "okta-push" }] },
  });
});

test("a text that only mentions one, or holds links, is none", async () => {
  for (const text of ["see phonefactor://a", "phonefactor://a\nand more", "https://example.com", ""]) {
    expect(await readText(text)).toMatchObject({ ok: false, error: { reason: "unknown-format" } });
  }
});
