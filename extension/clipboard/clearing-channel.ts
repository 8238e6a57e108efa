import type { Cleared } from "./compare-and-clear.ts";
import { type CopiedCode, parseCopied } from "./copied-code.ts";

/**
 * How the offscreen document is told what to compare with: it has no storage API. A BroadcastChannel of our own origin,
 * which no page and no script in a page can reach (docs/decisions/0007).
 */
const CHANNEL = "countersign-clearing";
/** Comparing takes milliseconds. A document that says nothing for so long won't. */
const PATIENCE_MS = 5_000;

const ANSWERS: readonly Cleared[] = ["cleared", "other", "refused"];

/** Asks the document that listens. */
export async function askToClear(copied: CopiedCode): Promise<Cleared> {
  const channel = new BroadcastChannel(CHANNEL);
  try {
    return await new Promise<Cleared>((resolve) => {
      const timer = setTimeout(() => resolve("refused"), PATIENCE_MS);
      channel.addEventListener("message", ({ data }) => {
        const answer = ANSWERS.find((each) => each === data);
        if (answer === undefined) return;
        clearTimeout(timer);
        resolve(answer);
      });
      channel.postMessage(copied);
    });
  } finally {
    channel.close();
  }
}

/** Listens in the offscreen document. */
export function answerClearing(clear: (copied: CopiedCode) => Promise<Cleared>): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", async ({ data }) => {
    const copied = parseCopied(data);
    if (copied !== null) channel.postMessage(await clear(copied));
  });
}
