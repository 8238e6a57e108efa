import { normalizePassphrase } from "../../shared/crypto/passphrase.ts";
import { startPackagedWorker } from "../platform/packaged-worker.ts";
import type { Identifiers, OpaqueReply, OpaqueRequest } from "./opaque.worker.ts";
import workerUrl from "./opaque.worker.ts?worker&url";

type Started = Omit<OpaqueReply & { kind: "started" }, "kind">;
type Finished = Omit<OpaqueReply & { kind: "finished" }, "kind">;

/** One registration or one sign-in with a password, beside the page: stretching it takes a second. */
export type OpaqueRound = {
  /** The first message to the server. */
  readonly request: string;
  /** @returns null where the password is not the one that was registered. Throws where the answer is no message of OPAQUE. */
  finish(response: string, identifiers: Identifiers): Promise<Finished | null>;
};

/**
 * Does with a round what is to be done, in a worker that ends with it.
 *
 * @param passphrase in the one spelling that the vault takes as well
 */
export async function withOpaque<T>(
  kind: "registration" | "sign-in",
  passphrase: string,
  use: (round: OpaqueRound) => Promise<T>,
): Promise<T> {
  const password = normalizePassphrase(passphrase);
  const worker = startPackagedWorker(workerUrl, "opaque");
  try {
    const started = await ask(worker, { kind: `start-${kind}`, password });
    if (started.kind !== "started") throw Error("the OPAQUE worker failed");
    const { state, request }: Started = started;
    return await use({
      request,
      finish: async (response, identifiers) => {
        const reply = await ask(worker, { kind: `finish-${kind}`, password, state, response, identifiers });
        if (reply.kind === "refused") return null;
        if (reply.kind !== "finished") throw new BadOpaqueMessage();
        return reply;
      },
    });
  } finally {
    worker.terminate();
  }
}

/** What the server sent is no message of the protocol. */
export class BadOpaqueMessage extends Error {
  override readonly name = "BadOpaqueMessage";
}

function ask(worker: Worker, request: OpaqueRequest): Promise<OpaqueReply> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const { signal } = settled;
    const hear = ({ data }: MessageEvent<OpaqueReply>) => {
      settled.abort();
      resolve(data);
    };
    worker.addEventListener("message", hear, { signal });
    worker.addEventListener("error", () => reject(Error("the OPAQUE worker did not run")), { signal });
    worker.postMessage(request);
  });
}
