import { readClipboard, writeClipboard } from "../platform/clipboard.ts";
import { type CopiedCode, isCopiedCode } from "./copied-code.ts";

/** "other": something else was copied meanwhile, and stays. "refused": the browser let nobody read or write. */
export type Cleared = "cleared" | "other" | "refused";

/** Clears the clipboard if it still holds the code, and never otherwise. Needs a document. */
export async function compareAndClear(copied: CopiedCode): Promise<Cleared> {
  const text = await readClipboard();
  if (text === null) return "refused";
  if (!(await isCopiedCode(copied, text))) return "other";
  return (await writeClipboard("")) ? "cleared" : "refused";
}
