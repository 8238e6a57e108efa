import { useRef, useState } from "preact/hooks";
import type { Result } from "../../../../shared/result.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";

/** Something that a person does at a server, which may say no. */
export type Act<Refusal> = {
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  /** A second press while the first is under way is the same press. */
  run<T>(work: () => Promise<Result<T, Refusal>>, onDone: (value: T) => void): void;
  /** Does once more what was refused last. */
  again(): void;
};

/** One act at a time, with why it was refused. */
export function useAct<Refusal>(): Act<Refusal | "failed"> {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | "failed" | null>(null);
  const last = useRef<() => Promise<void>>(async () => {});
  const start = async (attempt: () => Promise<void>) => {
    if (busy) return;
    last.current = attempt;
    setBusy(true);
    setRefusal(null);
    try {
      await attempt();
    } catch (error) {
      // A vault that was locked meanwhile shows by itself.
      if (!(error instanceof VaultLockedError)) setRefusal("failed");
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    refusal,
    run(work, onDone) {
      void start(async () => {
        const done = await work();
        if (done.ok) onDone(done.value);
        else setRefusal(done.error);
      });
    },
    again: () => void start(last.current),
  };
}
