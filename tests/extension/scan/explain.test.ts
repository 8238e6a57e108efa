import { expect, test } from "vitest";
import { explainScan, type ScanWay } from "../../../extension/scan/explain.ts";

test("a push code says to choose another app at the site", () => {
  expect(explainScan({ reason: "not-otp", what: "microsoft-push" }, "page")).toEqual({
    message: "microsoft-push",
    next: ["choose-other-app"],
  });
});

test("a code of our own says where it is read instead", () => {
  for (const what of ["countersign-kit", "countersign-device", "countersign-code"] as const)
    expect(explainScan({ reason: "not-otp", what }, "picture")).toEqual({
      message: what,
      next: ["to-teams"],
    });
});

test("a page that may not be read is named by its kind, with a way round it", () => {
  expect(explainScan({ reason: "page-not-allowed", page: "pdf" }, "page")).toEqual({
    message: "pdf",
    next: ["share-screen", "open-image", "type-in"],
  });
  expect(explainScan({ reason: "page-not-allowed", page: "file" }, "page")?.next[0]).toBe("allow-files");
  expect(explainScan({ reason: "page-not-allowed", page: "unknown" }, "page")?.message).toBe(
    "page-not-allowed",
  );
});

test("what is too small is to be enlarged", () => {
  expect(explainScan({ reason: "image-too-small" }, "page")?.next[0]).toBe("zoom-in");
});

test("what can be looked at more closely depends on what it was", () => {
  const next = (way: ScanWay) => explainScan({ reason: "nothing-found" }, way)?.next[0];
  expect([next("page"), next("area"), next("picture")]).toEqual([
    "choose-area",
    "draw-again",
    "picture-closer",
  ]);
});

test("what the person stopped needs no explanation", () => {
  expect(explainScan({ reason: "stopped" }, "page")).toBeNull();
});
