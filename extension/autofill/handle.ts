import { codeAt, DEFAULT_PERIOD, stepAt } from "../../shared/otp/code.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { ok, type Result } from "../../shared/result.ts";
import { tabById } from "../platform/tabs.ts";
import { readEntry, recordUseIfPossible } from "../vault/entries.ts";
import { advanceHotp } from "../vault/hotp.ts";
import { chooseFrame, type FrameChoice } from "./choose-frame.ts";
import { type FramePlace, fillFrame, probeTab } from "./frame-scripts.ts";
import { addSecondCodeJob } from "./second-code.ts";

/** Where and what a person wants filled. */
export interface FillRequest {
  readonly tabId: number;
  readonly entryId: string;
  /** The frame the person pointed at; null looks for the best one. */
  readonly frameId: number | null;
  readonly target: "detected" | "focused";
  /** Made anew for each press: the same one never asks for a second HOTP code. */
  readonly pressId: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** What became of it. In every case but "filled" the caller copies the code and says why it was not filled. */
export type FillOutcome =
  | { readonly kind: "filled"; readonly host: string; readonly more: { readonly dueAt: number } | null }
  | Exclude<FrameChoice, { kind: "fill" | "unreachable" }>
  | { readonly kind: "not-allowed-here"; readonly why: "browser-page" | "file" | "unreachable" }
  | { readonly kind: "did-not-stick" }
  | { readonly kind: "does-not-fit" }
  /** The person declined the permission for a frame, or the browser does not give it. */
  | { readonly kind: "not-permitted"; readonly host: string }
  | { readonly kind: "locked" }
  | { readonly kind: "unreadable"; readonly why: "not-found" | "damaged" | "newer-version" }
  | { readonly kind: "no-code"; readonly why: Exclude<CodeRefusal, "locked"> };

/** So long after its secret was kept an entry counts as new: its first code may still be awaited (milliseconds). */
const NEW_MS = 30 * 60_000;

/**
 * Fills an entry's code into the frame of a tab that the entry is bound to. Call it only for a gesture of the person.
 *
 * The code is that of the moment of filling. One that ends within a second or two is filled all the same: verifiers
 * take the step before (RFC 6238 section 5.2), and a press that does nothing until the next step is worse.
 */
export async function fillEntry(request: FillRequest): Promise<FillOutcome> {
  const started = performance.now();
  const entry = await readEntry(request.entryId);
  if (!entry.ok) {
    return entry.error === "locked" ? { kind: "locked" } : { kind: "unreadable", why: entry.error };
  }
  const probes = await probeTab(request.tabId);
  const isNew = Math.abs(request.now - entry.value.secretSetAt) <= NEW_MS;
  const choice = chooseFrame(probes, entry.value.sites, { ...request, isNew });
  if (choice.kind === "unreachable") return { kind: "not-allowed-here", why: await whyNot(request.tabId) };
  if (choice.kind !== "fill") return choice;

  const { frame, host, spot } = choice;
  const now = request.now + (performance.now() - started);
  // Only here, where a field is known to wait for it, does an HOTP counter move.
  const code = await codeFor(entry.value, request, now);
  if (!code.ok) {
    if (code.error === "locked") return { kind: "locked" };
    return { kind: "no-code", why: code.error };
  }
  const place: FramePlace = { tabId: request.tabId, frameId: frame.frameId, documentId: frame.documentId };
  const filled = await fillFrame(place, code.value, spot, host);
  switch (filled.kind) {
    case "filled": {
      await recordUseIfPossible(request.entryId, request.now, host);
      const more =
        frame.codes === 2 && spot !== "bare"
          ? await planSecondCode(entry.value, request, place, host, now)
          : null;
      return { kind: "filled", host, more };
    }
    case "did-not-stick":
    case "does-not-fit":
    case "unsure":
      return { kind: filled.kind };
    case "refused-field":
      return { kind: "refused-field", what: filled.what };
    case "moved":
    case "gone":
    case "no-field":
    case "not-empty":
      return { kind: "no-field", because: null };
  }
}

type CodeRefusal = "locked" | "unsupported-type" | "bad-secret" | "pin-missing" | "counter-exhausted";

async function codeFor(
  entry: Entry,
  request: FillRequest,
  now: number,
): Promise<Result<string, CodeRefusal>> {
  if (entry.type !== "hotp") return codeAt(entry, now);
  const advanced = await advanceHotp(request.entryId, request.pressId);
  if (advanced.ok) return ok(advanced.value.code);
  const { error } = advanced;
  return { ok: false, error: error === "locked" || error === "counter-exhausted" ? error : "bad-secret" };
}

async function planSecondCode(
  entry: Entry,
  { entryId, pressId }: FillRequest,
  place: FramePlace,
  host: string,
  now: number,
): Promise<{ dueAt: number }> {
  // HOTP has no time to wait for: its next code is there at once.
  const period = entry.period ?? DEFAULT_PERIOD;
  const dueAt = entry.type === "hotp" ? now : (stepAt(period, now) + 1) * period * 1000;
  await addSecondCodeJob({
    ...place,
    id: crypto.randomUUID(),
    entryId,
    dueAt,
    host,
    pressId: `${pressId}/second`,
  });
  return { dueAt };
}

async function whyNot(tabId: number): Promise<"browser-page" | "file" | "unreachable"> {
  const url = (await tabById(tabId))?.url ?? null;
  if (url === null || !URL.canParse(url)) return "unreachable";
  const { protocol } = new URL(url);
  if (protocol === "file:") return "file";
  return protocol === "https:" || protocol === "http:" ? "unreachable" : "browser-page";
}
