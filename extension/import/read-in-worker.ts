import type { Bytes } from "../../shared/bytes.ts";
import type { FileRefusal } from "../../shared/formats/format.ts";
import type { FormatId } from "../../shared/formats/index.ts";
import type { ReadOutcome } from "../../shared/formats/read-file.ts";
import { err, type Result } from "../../shared/result.ts";
import { startPackagedWorker } from "../platform/packaged-worker.ts";
import type { ReadReply, ReadRequest } from "./read.worker.ts";
import workerUrl from "./read.worker.ts?worker&url";

export type WorkerRefusal = {
  readonly reason:
    | FileRefusal
    /** The person said stop. */
    | "stopped"
    /** It took longer than any export does. */
    | "timed-out"
    /** The worker ended by itself: the browser had no memory left for it, or a reader has a fault. */
    | "reader-failed";
  readonly format: FormatId | null;
};

/** A key derivation with a gibibyte takes half a minute on a slow machine; what takes ten times as long is no export. */
const TIME_LIMIT = 300_000;

/**
 * Reads a file of any format in a worker of its own: whatever hangs there or fills the memory costs nothing but the
 * worker. Ends it at the signal.
 *
 * @param passphrase null where none was asked for yet
 */
export function readInWorker(
  bytes: Bytes,
  passphrase: string | null,
  { signal, start = startReader }: { signal: AbortSignal; start?: () => Worker },
): Promise<Result<ReadOutcome, WorkerRefusal>> {
  if (signal.aborted) return Promise.resolve(refused("stopped"));
  const worker = start();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<Result<ReadOutcome, WorkerRefusal>>((resolve) => {
    const onStop = () => resolve(refused("stopped"));
    signal.addEventListener("abort", onStop, { once: true });
    timer = setTimeout(() => resolve(refused("timed-out")), TIME_LIMIT);
    worker.addEventListener("message", ({ data }: MessageEvent<ReadReply>) =>
      resolve(data.kind === "read" ? data.result : refused("reader-failed")),
    );
    for (const failure of ["error", "messageerror"])
      worker.addEventListener(failure, (event) => {
        event.preventDefault();
        resolve(refused("reader-failed"));
      });
    worker.postMessage({ bytes, passphrase } satisfies ReadRequest);
  }).finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}

function startReader(): Worker {
  return startPackagedWorker(workerUrl, "import");
}

function refused(reason: WorkerRefusal["reason"]): Result<never, WorkerRefusal> {
  return err({ reason, format: null });
}
