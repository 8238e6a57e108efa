import { useEffect, useRef, useState } from "preact/hooks";
import { passkeyRefusalText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";
import { type PasskeyRefusal, unlockWithPasskey } from "../vault/unlock-with-passkey.ts";

type Step = { kind: "ready" } | { kind: "asking" } | { kind: "refused"; why: PasskeyRefusal };

/**
 * Unlocking by a passkey, in a page that the browser's question does not close. What did not work says why and can be
 * tried again; when it is unlocked by something else, the question goes away.
 *
 * @param props.start "at-once": for a window that was opened for nothing else
 */
export function PasskeyUnlock(props: { start: "at-once" | "by-button" }) {
  const [step, setStep] = useState<Step>({ kind: "ready" });
  const stop = useRef<AbortController | null>(null);
  const ask = async () => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setStep({ kind: "asking" });
    const unlocked = await unlockWithPasskey(own.signal).catch(
      () => ({ ok: false, error: "failed" }) as const,
    );
    if (own.signal.aborted) return;
    setStep(unlocked.ok ? { kind: "ready" } : { kind: "refused", why: unlocked.error });
  };
  useEffect(() => () => stop.current?.abort(), []);
  useEffect(() => {
    if (props.start !== "at-once") return;
    // The browser refuses a page without the focus, and a window that has just opened may have to wait for it.
    if (document.hasFocus()) return void ask();
    const onFocus = () => void ask();
    addEventListener("focus", onFocus, { once: true });
    return () => removeEventListener("focus", onFocus);
  }, []);

  return (
    <div class="stack tight">
      {step.kind === "refused" && (
        <p class="problem" role="alert">
          {passkeyRefusalText(step.why)}
        </p>
      )}
      <div>
        <button
          type="button"
          class={`button passkey ${step.kind === "asking" ? "waiting" : ""}`}
          aria-disabled={step.kind === "asking"}
          onClick={() => step.kind !== "asking" && void ask()}
        >
          {step.kind === "asking" ? <span class="spinner" aria-hidden="true" /> : <Glyph name="key" />}
          {t(
            step.kind === "asking"
              ? "passkey.asking"
              : step.kind === "refused"
                ? "passkey.again"
                : "passkey.unlock",
          )}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {step.kind === "asking" ? t("passkey.asking") : ""}
      </p>
    </div>
  );
}
