import type { Bytes } from "../../shared/bytes.ts";
import { readFile } from "../../shared/formats/read-file.ts";

/** What the page asks of the worker: one file, then the worker has done its work. */
export type ReadRequest = { readonly bytes: Bytes; readonly passphrase: string | null };

export type ReadReply =
  | { readonly kind: "read"; readonly result: Awaited<ReturnType<typeof readFile>> }
  | { readonly kind: "failed" };

// The compiler knows this file as part of a page; as a worker its global talks to the page that started it.
const page = globalThis as unknown as {
  postMessage(reply: ReadReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ReadRequest>) => void): void;
};

page.addEventListener("message", async ({ data }) => {
  try {
    page.postMessage({ kind: "read", result: await readFile(data.bytes, data.passphrase) });
  } catch {
    page.postMessage({ kind: "failed" });
  }
});
