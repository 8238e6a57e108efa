import type { DecodedCode } from "./find-codes.ts";
import type { PictureKind, PictureReading } from "./picture.ts";
import type { Pixels } from "./pixels.ts";
import { readArea } from "./read-area.ts";
import { readElement } from "./read-element.ts";
import { readRest, readScene } from "./read-scene.ts";

/** What the page asks: one picture at a time. */
export type DecodeRequest = { readonly pixels: Pixels; readonly kind: PictureKind };

/** What it is told: that the picture has its turn, each code as soon as it is read, then that the picture is done with. */
export type DecodeReply =
  | { readonly kind: "begun" }
  | { readonly kind: "code"; readonly code: DecodedCode }
  | { readonly kind: "done"; readonly reading: PictureReading };

// The compiler knows this file as part of a page; as a worker its global talks to the page that started it.
const page = globalThis as unknown as {
  postMessage(reply: DecodeReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<DecodeRequest>) => void): void;
};

const READERS = { element: readElement, scene: readScene, rest: readRest, area: readArea } as const;

page.addEventListener("message", ({ data: { pixels, kind } }) => {
  page.postMessage({ kind: "begun" });
  const reading = READERS[kind](pixels, (code) => page.postMessage({ kind: "code", code }));
  page.postMessage({ kind: "done", reading });
});
