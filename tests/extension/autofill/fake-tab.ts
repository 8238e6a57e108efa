import type { FrameProbe } from "../../../extension/autofill/frame-scripts.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

/** The one frame of a tab, as an injected script would describe it. */
export function topFrame(changes: Partial<FrameProbe> = {}): FrameProbe {
  return {
    frameId: 0,
    documentId: "document-1",
    origin: "https://login.bank.example",
    verdict: "sure",
    codes: 1,
    refusal: null,
    bare: null,
    focused: "none",
    closedFrames: [],
    focusedFrame: null,
    ...changes,
  };
}

interface Injection {
  readonly target: { readonly documentIds?: readonly string[] };
  readonly files?: readonly string[];
  readonly args?: readonly [code: string, spot: string, host: string];
}

/** What was filled, in order: code, spot and expected host. */
export type Filled = (readonly [code: string, spot: string, host: string])[];

/**
 * Answers for a tab: scripts are let into these frames, and every fill is recorded and answered.
 *
 * @param answerOf what the page says to a fill; throws where the document is gone
 */
export function fakeTab(
  frames: readonly FrameProbe[],
  answerOf: () => unknown = () => ({ kind: "filled" }),
): Filled {
  const filled: Filled = [];
  fakeApi.answer("scripting.executeScript", (injection: Injection) => {
    if (injection.files !== undefined) return frames.map(({ frameId }) => ({ frameId }));
    if (injection.args === undefined) {
      return frames.map(({ frameId, documentId, ...result }) => ({ frameId, documentId, result }));
    }
    const isThere = frames.some(
      ({ documentId }) => (injection.target.documentIds?.[0] ?? null) === documentId,
    );
    if (!isThere) throw Error("No document with that id in tab");
    filled.push(injection.args);
    return [{ frameId: 0, result: answerOf() }];
  });
  return filled;
}
