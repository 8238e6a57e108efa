import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { err, ok } from "../../../../shared/result.ts";
import type { HalfSession } from "../../../servers/factor-session.ts";
import type { ShowFactor } from "../../../servers/show-factor.ts";
import { FactorStep, type StepLevel } from "./factor-step.tsx";

type Asking = { readonly half: HalfSession; readonly answer: (shown: boolean) => void };

/**
 * The step in which a sign-in waits for its second factor. What is drawn around it stays as it is until the step is done; whoever
 * goes somewhere else meanwhile has cancelled it.
 *
 * @param level of the step's heading, where what is drawn around it has none of its own in sight; 3 by default
 * @returns `step`: what is to be drawn in the place of the form that signs in; null: nothing is asked for just now
 */
export function useShowFactor(level?: StepLevel): {
  readonly showFactor: ShowFactor;
  readonly step: VNode | null;
} {
  const [asking, setAsking] = useState<Asking | null>(null);
  const latest = useRef<Asking | null>(null);
  useEffect(() => () => latest.current?.answer(false), []);
  const showFactor: ShowFactor = (half) =>
    new Promise((resolve) => {
      const answer = (shown: boolean) => {
        latest.current = null;
        setAsking(null);
        resolve(shown ? ok(undefined) : err("factor-cancelled"));
      };
      latest.current = { half, answer };
      setAsking(latest.current);
    });
  const step = asking && (
    <FactorStep
      session={asking.half}
      isForChange={asking.half.isForChange}
      isWholeOnly
      level={level}
      onShown={() => asking.answer(true)}
      onCancel={() => asking.answer(false)}
    />
  );
  return { showFactor, step };
}
