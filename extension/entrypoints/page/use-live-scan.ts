import { useEffect, useRef, useState } from "preact/hooks";
import type { Result } from "../../../shared/result.ts";
import {
  type Camera,
  type LiveFailure,
  type LiveKind,
  type LiveSource,
  listCameras,
  openCamera,
  openScreen,
  release,
} from "../../scan/live-source.ts";
import { type FoundCode, outcomeOf, type ScanFailure } from "../../scan/scan-outcome.ts";
import type { Look } from "../../scan/watch-video.ts";
import { type FoundAccounts, foundAccounts } from "../../screens/review-items.ts";

/** An export of several codes, some of which were read. */
export type PartsRead = {
  readonly accounts: FoundAccounts;
  readonly read: number;
  readonly size: number;
  readonly missing: readonly number[];
};

export type LiveStep =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  | {
      readonly kind: "watching";
      readonly source: LiveSource;
      /** All there are to choose from; none as long as they are not known. */
      readonly cameras: readonly Camera[];
      /** Why what was seen last is no account; null as long as there was nothing. */
      readonly why: ScanFailure | null;
      readonly parts: PartsRead | null;
    }
  | { readonly kind: "found"; readonly accounts: FoundAccounts }
  | { readonly kind: "stopped"; readonly why: ScanFailure }
  | { readonly kind: "kept"; readonly sentence: string };

/**
 * Looking through a camera, or at another window, until an account is found. Whatever ends it (a find, the button, a window
 * out of sight or closed, the lock, a device pulled out) releases the device in the same moment.
 */
export function useLiveScan(kind: LiveKind) {
  const [step, setStep] = useState<LiveStep>({ kind: "idle" });
  /** The source that runs, known at once: state comes a moment later. */
  const running = useRef<LiveSource | null>(null);
  const session = useRef({ asked: 0, texts: new Set<string>(), found: [] as FoundCode[] });

  const end = (next: LiveStep) => {
    session.current.asked++;
    if (running.current !== null) release(running.current);
    running.current = null;
    setStep(next);
  };

  const start = async (cameraId: string | null = null) => {
    end({ kind: "asking" });
    const asking = session.current.asked;
    const opened = await open(kind, cameraId);
    // Closed, locked or asked anew meanwhile: nobody looks at this one.
    if (asking !== session.current.asked) {
      if (opened.ok) release(opened.value);
      return;
    }
    if (!opened.ok) return end({ kind: "stopped", why: opened.error });
    const source = opened.value;
    running.current = source;
    session.current = { asked: asking, texts: new Set(), found: [] };
    for (const track of source.stream.getTracks())
      track.addEventListener("ended", () => {
        if (running.current === source) end({ kind: "stopped", why: ended(kind) });
      });
    if (document.hidden) return end({ kind: "stopped", why: outOfSight(kind) });
    setStep({ kind: "watching", source, cameras: [], why: null, parts: null });
    if (kind !== "camera") return;
    const cameras = await listCameras();
    setStep((now) => (now.kind === "watching" && now.source === source ? { ...now, cameras } : now));
  };

  useEffect(() => {
    const onHidden = () => {
      if (document.hidden && running.current !== null) end({ kind: "stopped", why: outOfSight(kind) });
    };
    const onLeave = () => end({ kind: "idle" });
    document.addEventListener("visibilitychange", onHidden);
    addEventListener("pagehide", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("pagehide", onLeave);
      // The lock takes this section away; so does another section's address.
      end({ kind: "idle" });
    };
  }, []);

  const onLook = async ({ codes }: Look) => {
    const now = session.current;
    const fresh = codes.map(({ text }) => text).filter((text) => !now.texts.has(text));
    if (fresh.length === 0 || running.current === null) return;
    for (const text of fresh) now.texts.add(text);
    const sightings = fresh.map((text) => ({ text, shownBy: "screen", box: null, site: null }) as const);
    const outcome = outcomeOf(sightings, { reason: "nothing-found" }, { isComplete: true });
    if (outcome.kind === "nothing")
      return setStep((step) => (step.kind === "watching" ? { ...step, why: outcome.why } : step));
    now.found.push(...outcome.found);
    // Nothing more to look for: the device goes before anything else is done.
    if (!now.found.some(isOneOfSeveral)) end({ kind: "asking" });
    const { asked } = session.current;
    const accounts = await foundAccounts(now.found, true, Date.now()).catch(() => null);
    if (asked !== session.current.asked) return;
    if (accounts === null) return end({ kind: "stopped", why: { reason: "decoder-failed" } });
    const parts = partsOf(accounts);
    if (parts === null) return end({ kind: "found", accounts });
    setStep((step) => (step.kind === "watching" ? { ...step, why: null, parts } : step));
  };

  return {
    step,
    start: (cameraId?: string) => void start(cameraId),
    onLook: (look: Look) => void onLook(look),
    /** Ends the looking, with accounts to look at where there are any. */
    stop: () => end({ kind: "idle" }),
    take: (accounts: FoundAccounts) => end({ kind: "found", accounts }),
    fail: (why: ScanFailure) => end({ kind: "stopped", why }),
    keep: (sentence: string) => end({ kind: "kept", sentence }),
  };
}

function open(kind: LiveKind, cameraId: string | null): Promise<Result<LiveSource, LiveFailure>> {
  return kind === "camera" ? openCamera(cameraId) : openScreen();
}

function ended(kind: LiveKind): LiveFailure {
  return { reason: kind === "camera" ? "camera-ended" : "screen-ended" };
}

function outOfSight(kind: LiveKind): LiveFailure {
  return { reason: kind === "camera" ? "camera-out-of-sight" : "screen-out-of-sight" };
}

function isOneOfSeveral({ payload }: FoundCode): boolean {
  return payload.kind === "migration-part" && payload.part.batchSize > 1;
}

/** How far an export has come that lacks some of its codes; null where nothing is missing. */
function partsOf(accounts: FoundAccounts): PartsRead | null {
  const batch = accounts.batches.find(({ collected }) => !collected.complete);
  if (batch === undefined) return null;
  const { missing } = batch.collected;
  return { accounts, read: batch.batchSize - missing.length, size: batch.batchSize, missing };
}
