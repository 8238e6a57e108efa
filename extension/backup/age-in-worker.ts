import type { Bytes } from "../../shared/bytes.ts";
import { startPackagedWorker } from "../platform/packaged-worker.ts";
import type { AgeReply, AgeRequest } from "./age.worker.ts";
import workerUrl from "./age.worker.ts?worker&url";
import type { AgeLock } from "./age-file.ts";

type Opened = (AgeReply & { kind: "opened" })["result"];

/** Encrypts beside the page: deriving the key of a passphrase takes a second or more, in which the page stays alive. */
export async function sealInWorker(plaintext: Bytes, lock: AgeLock): Promise<Bytes> {
  if (lock.kind === "passphrase" && lock.passphrase === "") throw Error("a passphrase must not be empty");
  const reply = await ask({ kind: "seal", plaintext, lock });
  if (reply.kind !== "sealed") throw Error("the age worker answered something else");
  return reply.file;
}

/** openAgeFile beside the page. */
export async function openInWorker(file: Uint8Array, secret: string): Promise<Opened> {
  const reply = await ask({ kind: "open", file, secret });
  if (reply.kind !== "opened") throw Error("the age worker answered something else");
  return reply.result;
}

/** One worker for one question: what it derived is gone with it. Throws where it did not start or failed. */
function ask(request: AgeRequest): Promise<AgeReply> {
  const worker = startPackagedWorker(workerUrl, "age");
  return new Promise<AgeReply>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<AgeReply>) =>
      data.kind === "failed" ? reject(Error("the age worker failed")) : resolve(data),
    );
    worker.addEventListener("error", () => reject(Error("the age worker did not run")));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
