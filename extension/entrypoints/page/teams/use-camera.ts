import { useEffect, useRef, useState } from "preact/hooks";
import { type LiveFailure, type LiveSource, openCamera, release } from "../../../scan/live-source.ts";

export type CameraStep =
  | { readonly kind: "off" }
  | { readonly kind: "asking" }
  | { readonly kind: "watching"; readonly source: LiveSource }
  | { readonly kind: "stopped"; readonly why: LiveFailure | { readonly reason: "decoder-failed" } };

/**
 * A camera within a form. Whatever ends it (what was looked for, the button, a page out of sight or left, the lock, a camera
 * pulled out) releases it in the same moment.
 */
export function useCamera() {
  const [step, setStep] = useState<CameraStep>({ kind: "off" });
  /** The source that runs, known at once: state comes a moment later. */
  const running = useRef<LiveSource | null>(null);
  const asked = useRef(0);

  const end = (next: CameraStep) => {
    asked.current++;
    if (running.current !== null) release(running.current);
    running.current = null;
    setStep(next);
  };
  const start = async () => {
    end({ kind: "asking" });
    const asking = asked.current;
    const opened = await openCamera(null);
    if (asking !== asked.current) {
      if (opened.ok) release(opened.value);
      return;
    }
    if (!opened.ok) return end({ kind: "stopped", why: opened.error });
    const source = opened.value;
    running.current = source;
    for (const track of source.stream.getTracks())
      track.addEventListener("ended", () => {
        if (running.current === source) end({ kind: "stopped", why: { reason: "camera-ended" } });
      });
    if (document.hidden) return end({ kind: "stopped", why: { reason: "camera-out-of-sight" } });
    setStep({ kind: "watching", source });
  };
  useEffect(() => {
    const onHidden = () => {
      if (document.hidden && running.current !== null)
        end({ kind: "stopped", why: { reason: "camera-out-of-sight" } });
    };
    const onLeave = () => end({ kind: "off" });
    document.addEventListener("visibilitychange", onHidden);
    addEventListener("pagehide", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("pagehide", onLeave);
      onLeave();
    };
  }, []);
  return {
    step,
    start: () => void start(),
    stop: () => end({ kind: "off" }),
    fail: () => end({ kind: "stopped", why: { reason: "decoder-failed" } }),
  };
}
