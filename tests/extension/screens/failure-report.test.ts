import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FillOutcome } from "../../../extension/autofill/handle.ts";
import { browserVersion } from "../../../extension/platform/versions.ts";
import {
  describeFailure,
  type FailureSubject,
  formatFailure,
} from "../../../extension/screens/failure-report.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

const TAB = { id: 7, windowId: 1, url: "https://login.bank.example/alice/second-factor?next=eve#code" };
const NO_FIELD: FailureSubject = { what: "fill", outcome: { kind: "no-field", because: "sent-code" } };
const COUNTS = {
  width: 1280,
  height: 800,
  fields: { text: 2, tel: 0, number: 0, email: 0, password: 1, textarea: 0, other: 3 },
  pictures: { img: 4, svg: 0, canvas: 1, video: 0 },
  frames: 1,
};

describe("the description of a failure", () => {
  test("says what kind of page it was, and counts", async () => {
    fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result: COUNTS }]);
    expect(await describeFailure(NO_FIELD, TAB)).toMatch(
      new RegExp(
        [
          "^Countersign 0\\.0\\.0",
          "Browser: Chromium \\d+, \\w+",
          "Did not work: fill, no-field \\(sent-code\\)",
          "Page: https, web",
          "Window: 1280 × 800",
          "Frames looked into: 1",
          "Frame 1: text 2, password 1, other 3, img 4, canvas 1, frames 1$",
        ].join("\n"),
      ),
    );
  });

  test("is given without a page as well, and where no script is let in", async () => {
    const scan: FailureSubject = { what: "scan", why: { reason: "nothing-found" } };
    expect(await describeFailure(scan, null)).toContain(
      "Did not work: scan, nothing-found\nPage: another scheme",
    );
    fakeApi.answer("scripting.executeScript", () => {
      throw Error("Cannot access contents of the page login.bank.example");
    });
    const text = await describeFailure(scan, TAB);
    expect(text).toContain("Frames looked into: 0");
    expect(text).not.toContain("bank");
  });

  test("takes only numbers from a page, whatever it answers", async () => {
    for (const result of [
      "alice@example.com",
      { ...COUNTS, frames: "alice@example.com" },
      { ...COUNTS, fields: { ...COUNTS.fields, text: -1 } },
      null,
    ]) {
      fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result }]);
      const text = await describeFailure(NO_FIELD, TAB);
      expect(text).toContain("Frames looked into: 0");
      expect(text).not.toContain("alice");
    }
    const more = { ...COUNTS, title: "alice", fields: { ...COUNTS.fields, alice: 1 } };
    fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result: more }]);
    expect(await describeFailure(NO_FIELD, TAB)).not.toContain("alice");
  });

  test("never names host, path, or what a code said, whatever they are", () => {
    const word = fc.stringMatching(/^[a-z]{4}zq[a-z]{4}$/);
    fc.assert(
      fc.property(
        word,
        word,
        word,
        fc.constantFrom("https", "http", "ftp", "data"),
        (host, path, said, scheme) => {
          const outcomes: FillOutcome[] = [
            { kind: "not-bound", host, frameId: 0 },
            { kind: "needs-permission", origin: `https://${host}.example`, host },
            { kind: "maybe-in-frame", origin: `https://${host}.example`, host },
            { kind: "not-permitted", host },
          ];
          const subjects: FailureSubject[] = [
            ...outcomes.map((outcome): FailureSubject => ({ what: "fill", outcome })),
            {
              what: "scan",
              why: { reason: "refused", refusal: { reason: "unknown-scheme", detail: said } } as never,
            },
          ];
          for (const subject of subjects) {
            const text = formatFailure({
              subject,
              url: `${scheme}://${host}.example/${path}?${said}`,
              ownUrl: "chrome-extension://abc/popup.html",
              version: "1.0.0",
              browser: "Chromium 150, Linux",
              frames: [],
            });
            for (const secret of [host, path, said]) expect(text).not.toContain(secret);
          }
        },
      ),
    );
  });
});

test("the browser is named by family and first number alone", () => {
  const versions = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.7000.12 Safari/537.36":
      "Chromium 150, Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.1":
      "Edge 150, Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0":
      "Firefox 140, Mac OS X",
    "": "another browser, another system",
  };
  for (const [agent, version] of Object.entries(versions)) expect(browserVersion(agent)).toBe(version);
});
