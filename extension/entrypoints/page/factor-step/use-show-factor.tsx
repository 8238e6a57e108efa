import type { VNode } from "preact";
import type { ShowFactor } from "../../../servers/show-factor.ts";
import { AskedStep } from "./asked-step.tsx";
import type { StepLevel } from "./factor-step.tsx";
import { useAskedFactor } from "./use-asked-factor.ts";

/**
 * The step in which a sign-in waits for its second factor. What is drawn around it stays as it is until the step is done.
 *
 * @param level of the step's heading, where what is drawn around it has none of its own in sight; 3 by default
 * @returns `step`: what is to be drawn in the place of the form that signs in; null: nothing is asked for just now
 */
export function useShowFactor(level?: StepLevel): {
  readonly showFactor: ShowFactor;
  readonly step: VNode | null;
} {
  const { showFactor, asked } = useAskedFactor();
  return { showFactor, step: asked && <AskedStep asked={asked} level={level} /> };
}
