import { useEffect, useState } from "preact/hooks";
import { formatSpan, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { clockJump } from "../../../vault/clock.ts";

/** Says that the computer's clock went back since the last use; nothing where it did not. */
export function ClockNotice() {
  const [backMs, setBackMs] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    void clockJump(Date.now())
      // A disk that is full: the codes below are right all the same.
      .catch(() => null)
      .then((jump) => current && setBackMs(jump?.backMs ?? null));
    return () => {
      current = false;
    };
  }, []);
  return (
    // There before its words: only what comes into it later is read out.
    <div aria-live="polite">
      {backMs !== null && (
        <p class="notice warn" role="note">
          <Glyph name="clock" />
          <span class="grow">{t("notice.clock", { span: formatSpan(backMs) })}</span>
        </p>
      )}
    </div>
  );
}
