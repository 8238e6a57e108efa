import { useEffect, useState } from "preact/hooks";
import {
  FIRST_STEPS,
  type FirstStep,
  forgetFirstStep,
  readFirstStep,
  rememberFirstStep,
} from "../../../preferences/first-steps.ts";
import type { WayIn } from "../../../screens/ways-in.tsx";
import type { BackupStep } from "../write-backup.tsx";

/** What can be open within a step. */
export type Inner = WayIn | "passphrase" | Exclude<BackupStep, "closed">;

/**
 * Which of the first steps is shown. Each has an address of its own, so that the browser's "back" leads to the one
 * before; how far somebody came is kept, for the day on which they open the first steps again.
 */
export function useFirstSteps(): {
  step: FirstStep | null;
  go: (by: 1 | -1) => void;
  finish: () => Promise<void>;
} {
  const [step, setStep] = useState(stepOf(location.hash));
  useEffect(() => {
    const onHash = () => setStep(stepOf(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  useEffect(() => {
    if (step !== null) return void rememberFirstStep(step);
    void readFirstStep().then((reached) => location.replace(addressOf(reached ?? "what")));
  }, [step]);
  return {
    step,
    go(by) {
      const next = FIRST_STEPS[FIRST_STEPS.indexOf(step ?? "what") + by];
      if (next) location.assign(addressOf(next));
    },
    async finish() {
      await forgetFirstStep();
      location.assign("#/codes");
    },
  };
}

function addressOf(step: FirstStep): string {
  return `#/welcome?step=${step}`;
}

/** @returns null where the address names none */
function stepOf(hash: string): FirstStep | null {
  const named = new URLSearchParams(hash.split("?")[1] ?? "").get("step");
  return FIRST_STEPS.find((step) => step === named) ?? null;
}
