import { expect, test } from "vitest";
import { explainScan } from "../../../extension/scan/explain.ts";

test("a push code says to choose another app at the site", () => {
  expect(explainScan({ reason: "not-otp", what: "microsoft-push" })).toEqual({
    message: "microsoft-push",
    next: ["choose-other-app"],
  });
});

test("a page that may not be read is named by its kind, with a way round it", () => {
  expect(explainScan({ reason: "page-not-allowed", page: "pdf" })).toEqual({
    message: "pdf",
    next: ["open-image", "type-in"],
  });
  expect(explainScan({ reason: "page-not-allowed", page: "file" })?.next[0]).toBe("allow-files");
  expect(explainScan({ reason: "page-not-allowed", page: "unknown" })?.message).toBe("page-not-allowed");
});

test("what is too small is to be enlarged", () => {
  expect(explainScan({ reason: "image-too-small" })?.next[0]).toBe("zoom-in");
});

test("what the person stopped needs no explanation", () => {
  expect(explainScan({ reason: "stopped" })).toBeNull();
});
