import { startPackagedWorker } from "../platform/packaged-worker.ts";
import type { DecodeReply, DecodeRequest } from "./decode.worker.ts";
import workerUrl from "./decode.worker.ts?worker&url";
import type { DecodedCode } from "./find-codes.ts";
import type { LikelyCode } from "./likely-codes.ts";
import type { PictureKind } from "./picture.ts";
import type { Pixels } from "./pixels.ts";

/** The codes of one picture; what was read before the end counts, whatever the end was. */
export type Decoded = {
  readonly codes: readonly DecodedCode[];
  /** Places that have the eyes of a code that could not be read; known only where the end was "done". */
  readonly unread: readonly LikelyCode[];
  readonly end: "done" | "timed-out" | "stopped" | "decoder-failed";
};

/** Reads pictures one after the other in a worker, so that the page stays responsive. */
export type Decoder = {
  /**
   * @param timeLimit milliseconds for this picture, from when its reading begins; beyond them the worker is ended and a new
   *   one made for the next
   */
  decode(pixels: Pixels, options: { kind: PictureKind; timeLimit: number }): Promise<Decoded>;
  /** Ends the worker. To be called once, when all is read. */
  close(): void;
};

/** Milliseconds that a worker may take to load: on a busy machine longer than its first picture is worth. */
const LOADING_TIME = 5_000;

/** @param signal ends what is being read and everything after it */
export function openDecoder({ signal }: { signal: AbortSignal }): Decoder {
  const broken = new WeakSet<Worker>();
  const start = (): Worker => {
    const started = startPackagedWorker(workerUrl, "decode-qr");
    started.onerror = () => broken.add(started);
    return started;
  };
  // At once: it loads while the page is still being captured.
  let worker: Worker | null = start();
  const close = () => {
    worker?.terminate();
    worker = null;
  };

  function decode(pixels: Pixels, { kind, timeLimit }: { kind: PictureKind; timeLimit: number }) {
    return new Promise<Decoded>((resolve) => {
      const codes: DecodedCode[] = [];
      const current = worker ?? start();
      worker = current;
      const finish = (end: Decoded["end"], unread: readonly LikelyCode[]) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        current.onmessage = null;
        current.onerror = null;
        if (end !== "done") close();
        resolve({ codes, unread, end });
      };
      const stop = () => finish("stopped", []);
      const giveUp = () => finish("timed-out", []);
      let timer = setTimeout(giveUp, Math.max(timeLimit, LOADING_TIME));
      signal.addEventListener("abort", stop);
      current.onerror = () => finish("decoder-failed", []);
      current.onmessage = ({ data }: MessageEvent<DecodeReply>) => {
        if (data.kind === "begun") {
          clearTimeout(timer);
          timer = setTimeout(giveUp, timeLimit);
        } else if (data.kind === "code") codes.push(data.code);
        else finish("done", data.reading.unread);
      };
      if (signal.aborted) return stop();
      if (broken.has(current)) return finish("decoder-failed", []);
      const request: DecodeRequest = { pixels, kind };
      current.postMessage(request);
    });
  }

  return { decode, close };
}
