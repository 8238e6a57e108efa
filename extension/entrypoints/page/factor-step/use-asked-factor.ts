import { useEffect, useRef, useState } from "preact/hooks";
import { err, ok } from "../../../../shared/result.ts";
import type { HalfSession } from "../../../servers/factor-session.ts";
import type { ShowFactor } from "../../../servers/show-factor.ts";

/** A sign-in that waits for its second factor, and what goes on with it. */
export type AskedFactor = { readonly half: HalfSession; readonly answer: (shown: boolean) => void };

/**
 * Lets a sign-in ask the person for a second factor. Whoever goes somewhere else meanwhile has cancelled it, and
 * what is asked for after that: nobody would see it, and what waits for an answer keeps others waiting (own-access-lock.ts).
 *
 * @returns `asked`: to be drawn by AskedStep; null: nothing is asked for just now
 */
export function useAskedFactor(): { readonly showFactor: ShowFactor; readonly asked: AskedFactor | null } {
  const [asked, setAsked] = useState<AskedFactor | null>(null);
  const latest = useRef<AskedFactor | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      latest.current?.answer(false);
    };
  }, []);
  const showFactor: ShowFactor = (half) =>
    new Promise((resolve) => {
      if (isGone.current) return resolve(err("factor-cancelled"));
      const answer = (shown: boolean) => {
        latest.current = null;
        setAsked(null);
        resolve(shown ? ok(undefined) : err("factor-cancelled"));
      };
      latest.current = { half, answer };
      setAsked(latest.current);
    });
  return { showFactor, asked };
}
