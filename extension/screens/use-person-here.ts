import { useEffect } from "preact/hooks";
import { touch } from "../vault/lock.ts";

/** The person is here: the deadline of the lock moves when a page of ours opens, and with every key and click in it. */
export function usePersonHere(): void {
  useEffect(() => {
    const onUse = () => void touch(Date.now());
    onUse();
    addEventListener("keydown", onUse);
    addEventListener("pointerdown", onUse);
    return () => {
      removeEventListener("keydown", onUse);
      removeEventListener("pointerdown", onUse);
    };
  }, []);
}
