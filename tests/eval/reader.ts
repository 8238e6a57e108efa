import { Worker } from "node:worker_threads";
import type { Pixels } from "../../extension/scan/pixels.ts";
import type { ReadOutcome, ReadRefusal } from "../../shared/formats/read-file.ts";
import type { Result } from "../../shared/result.ts";

/** A file, or the pixels of a picture of QR codes. */
export type ReadRequest = { readonly passphrase: string | null } & (
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly pixels: Pixels }
);

export type ReadReply =
  | { readonly read: Result<ReadOutcome, ReadRefusal> }
  /** The importer threw, which it never should. */
  | { readonly thrown: string };

/** Reads files one after the other in a thread of its own, which is ended where a file takes too long. */
export type Reader = {
  /** Throws where the importer throws, ends the thread or is not done in time. */
  read(request: ReadRequest): Promise<Result<ReadOutcome, ReadRefusal>>;
  close(): void;
};

/** Milliseconds for a file: the slowest key derivation that exports ask for takes a fifth of it on a busy machine. */
const TIME_LIMIT = 120_000;

export function openReader(): Reader {
  let worker: Worker | null = null;
  const close = () => {
    void worker?.terminate();
    worker = null;
  };
  return {
    close,
    read: async (request) => {
      worker ??= new Worker(new URL("./reader.worker.ts", import.meta.url));
      const reply = await answerOf(worker, request).catch((error: unknown) => {
        close();
        throw error;
      });
      if ("thrown" in reply) throw Error(`threw: ${reply.thrown}`);
      return reply.read;
    },
  };
}

function answerOf(worker: Worker, request: ReadRequest): Promise<ReadReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Error(`not read after ${TIME_LIMIT / 1000} s`)), TIME_LIMIT);
    worker.removeAllListeners();
    const settle = () => {
      clearTimeout(timer);
      worker.removeAllListeners();
    };
    worker.once("message", (reply: ReadReply) => {
      settle();
      resolve(reply);
    });
    worker.once("error", (error) => {
      settle();
      reject(error);
    });
    worker.once("exit", (code) => {
      settle();
      reject(Error(`the reader ended with ${code}`));
    });
    worker.postMessage(request);
  });
}
