import { FactorStep, type StepLevel } from "./factor-step.tsx";
import type { AskedFactor } from "./use-asked-factor.ts";

/** The step of a sign-in that waits for its second factor. @param props.level of its heading; 3 by default */
export function AskedStep({ asked, level }: { asked: AskedFactor; level?: StepLevel | undefined }) {
  return (
    <FactorStep
      // Of several servers, one after the other.
      key={asked.half.serverId}
      session={asked.half}
      isForChange={asked.half.isForChange}
      isWholeOnly
      level={level}
      onShown={() => asked.answer(true)}
      onCancel={() => asked.answer(false)}
    />
  );
}
