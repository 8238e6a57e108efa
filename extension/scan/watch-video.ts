import { openDecoder } from "./decode-qr.ts";
import type { Box, Pixels, Point } from "./pixels.ts";

/** What one picture of a film showed, and where in it, in its own pixels. */
export type Look = {
  readonly width: number;
  readonly height: number;
  readonly codes: readonly { readonly text: string; readonly corners: readonly Point[] }[];
  /** Places that have the eyes of a code that could not be read yet. */
  readonly unread: readonly Box[];
};

/** Milliseconds for one picture, and of rest after it: the rest of the computer wants to live too. */
const LOOK_TIME = 4_000;
const REST_MS = 60;
/** A window that does not change sends no new pictures: it is looked at again all the same. */
const STILL_MS = 1_000;
/** Readers that don't start in a row, after which it makes no sense to go on. */
const MOST_FAILURES = 3;

/**
 * Looks at what a video shows, picture after picture, until the signal ends it.
 *
 * @param video one that plays
 * @param onLook hears of every picture that was looked at
 * @returns "decoder-failed" where the reader does not run at all
 */
export async function watchVideo(
  video: HTMLVideoElement,
  { signal, onLook }: { readonly signal: AbortSignal; readonly onLook: (look: Look) => void },
): Promise<"stopped" | "decoder-failed"> {
  const decoder = openDecoder({ signal });
  const canvas = document.createElement("canvas");
  let failures = 0;
  try {
    while (!signal.aborted) {
      await nextPicture(video, signal);
      const pixels = signal.aborted ? null : grab(video, canvas);
      if (pixels === null) continue;
      const { codes, unread, end } = await decoder.decode(pixels, { kind: "scene", timeLimit: LOOK_TIME });
      if (signal.aborted) break;
      failures = end === "decoder-failed" ? failures + 1 : 0;
      if (failures === MOST_FAILURES) return "decoder-failed";
      onLook({
        width: pixels.width,
        height: pixels.height,
        codes: codes.map(({ text, corners }) => ({ text, corners })),
        unread: unread.map(({ box }) => box),
      });
      await pause(REST_MS, signal);
    }
    return "stopped";
  } finally {
    decoder.close();
    // Drops its pixels, which may show a secret.
    canvas.width = 0;
  }
}

function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      video.cancelVideoFrameCallback(handle);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const handle = video.requestVideoFrameCallback(done);
    const timer = setTimeout(done, STILL_MS);
    signal.addEventListener("abort", done);
  });
}

function grab(video: HTMLVideoElement, canvas: HTMLCanvasElement): Pixels | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width < 1 || height < 1) return null;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { data: new Uint8ClampedArray(data), width, height };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
