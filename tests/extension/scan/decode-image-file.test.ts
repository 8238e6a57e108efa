import { expect, test } from "vitest";
import { decodeImageFile } from "../../../extension/scan/decode-image-file.ts";
import { ALICE, BOB, qrCanvas, qrSvg, sheet } from "./qr-picture.ts";

const signal = new AbortController().signal;

function fileOf(canvas: HTMLCanvasElement, type = "image/png"): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no blob")) : resolve(blob)), type);
  });
}

async function accountsIn(file: Blob): Promise<string[]> {
  const outcome = await decodeImageFile(file, { signal });
  if (outcome.kind !== "found") throw new Error(outcome.why.reason);
  return outcome.found
    .flatMap(({ payload }) =>
      payload.kind === "entries" ? payload.drafts.map(({ account }) => account) : [],
    )
    .sort();
}

test("a screenshot with two codes gives both accounts, bound to no site", async () => {
  const picture = sheet(900, 500, [
    { picture: qrCanvas(ALICE), x: 20, y: 20 },
    { picture: qrCanvas(BOB), x: 500, y: 200 },
  ]);
  const file = await fileOf(picture);
  expect(await accountsIn(file)).toEqual(["alice", "bob"]);
  expect(await decodeImageFile(file, { signal })).toMatchObject({
    found: [
      { site: null, shownBy: "file" },
      { site: null, shownBy: "file" },
    ],
  });
});

test("JPEG, WebP and SVG are read, also without a type and with a wrong one", async () => {
  for (const type of ["image/jpeg", "image/webp"]) {
    const bytes = await (await fileOf(qrCanvas(ALICE), type)).arrayBuffer();
    expect(await accountsIn(new Blob([bytes])), type).toEqual(["alice"]);
    expect(await accountsIn(new Blob([bytes], { type: "image/png" })), type).toEqual(["alice"]);
  }
  const svg = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by a generator -->\n${qrSvg(ALICE)}`;
  expect(await accountsIn(new Blob([svg], { type: "image/svg+xml" }))).toEqual(["alice"]);
  expect(await accountsIn(new Blob([svg]))).toEqual(["alice"]);
});

test("a picture without a quiet zone is read", async () => {
  expect(await accountsIn(await fileOf(qrCanvas(ALICE, { margin: 0 })))).toEqual(["alice"]);
});

test("what is no picture, too large, or without a code says so", async () => {
  const outcomeOf = async (file: Blob) => {
    const outcome = await decodeImageFile(file, { signal });
    return outcome.kind === "nothing" ? outcome.why : outcome.kind;
  };
  expect(await outcomeOf(new Blob(["hello"]))).toEqual({ reason: "not-an-image" });
  expect(await outcomeOf(new Blob([]))).toEqual({ reason: "not-an-image" });
  expect(await outcomeOf(new Blob([new Uint8Array(41_000_000)]))).toEqual({ reason: "too-large" });
  expect(await outcomeOf(await fileOf(sheet(300, 300, [])))).toEqual({ reason: "nothing-found" });
  expect(await outcomeOf(await fileOf(qrCanvas("WIFI:S:home;;")))).toEqual({
    reason: "not-otp",
    what: "wifi",
  });
});

test("a file of nothing but comments is told from a picture at once", async () => {
  const begun = performance.now();
  const file = new File(["<!---->".repeat(140)], "comments.svg");
  expect(await decodeImageFile(file, { signal: new AbortController().signal })).toMatchObject({
    kind: "nothing",
  });
  expect(performance.now() - begun).toBeLessThan(30_000);
});
