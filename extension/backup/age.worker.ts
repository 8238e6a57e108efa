import type { Bytes } from "../../shared/bytes.ts";
import { type AgeLock, openAgeFile, sealAgeFile, sealAgeFileTo } from "./age-file.ts";

/** What the page asks of the worker: one file, then the worker has done its work. */
export type AgeRequest =
  | { readonly kind: "seal"; readonly plaintext: Bytes; readonly lock: AgeLock }
  | { readonly kind: "open"; readonly file: Uint8Array; readonly secret: string };

export type AgeReply =
  | { readonly kind: "sealed"; readonly file: Bytes }
  | { readonly kind: "opened"; readonly result: Awaited<ReturnType<typeof openAgeFile>> }
  | { readonly kind: "failed" };

// The compiler knows this file as part of a page; as a worker its global talks to the page that started it.
const page = globalThis as unknown as {
  postMessage(reply: AgeReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<AgeRequest>) => void): void;
};

page.addEventListener("message", async ({ data }) => {
  try {
    page.postMessage(
      data.kind === "seal"
        ? { kind: "sealed", file: await seal(data.plaintext, data.lock) }
        : { kind: "opened", result: await openAgeFile(data.file, data.secret) },
    );
  } catch {
    page.postMessage({ kind: "failed" });
  }
});

function seal(plaintext: Bytes, lock: AgeLock): Promise<Bytes> {
  return lock.kind === "passphrase"
    ? sealAgeFile(plaintext, lock.passphrase)
    : sealAgeFileTo(plaintext, lock.recipient);
}
