import { addEntries } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { draft } from "./drafts.ts";

/** A second connection to the same vault, as the extension's worker or another page is one. */
export type WorkerTask =
  | { readonly kind: "add"; readonly from: number; readonly count: number }
  | { readonly kind: "press-for-ever"; readonly id: string; readonly name: string };
export type WorkerAnswer =
  | { readonly kind: "added"; readonly ids: readonly string[] }
  | { readonly kind: "code"; readonly counter: number };

const answer = (message: WorkerAnswer) => self.postMessage(message);

self.onmessage = async ({ data: task }: MessageEvent<WorkerTask>) => {
  if (task.kind === "add") {
    const numbers = Array.from({ length: task.count }, (_, at) => task.from + at);
    const ids = await Promise.all(numbers.map((number) => addEntries([draft(number)], { now: 1 })));
    answer({ kind: "added", ids: ids.flat() });
    return;
  }
  for (let press = 0; ; press++) {
    const code = await advanceHotp(task.id, `${task.name} ${press}`);
    if (!code.ok) throw Error(code.error);
    answer({ kind: "code", counter: code.value.counter });
  }
};
