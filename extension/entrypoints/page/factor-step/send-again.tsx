import { useEffect, useState } from "preact/hooks";
import { durationText } from "../../../ui/factor-text.ts";
import { t } from "../../../ui/i18n.ts";

/** A message takes a while, and each costs somebody something. */
const WAIT_S = 30;

/** Has a code sent once more, after a while. Drawn anew for each one that was sent. */
export function SendAgain(props: { isBusy: boolean; onAgain: () => void }) {
  const [left, setLeft] = useState(WAIT_S);
  useEffect(() => {
    if (left <= 0) return;
    const tick = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(tick);
  }, [left]);
  return (
    <div>
      <button type="button" class="button plain" disabled={props.isBusy || left > 0} onClick={props.onAgain}>
        {left > 0 ? t("factors.step.again-in", { time: durationText(left) }) : t("factors.set-up.again")}
      </button>
    </div>
  );
}
