import { useEffect } from "preact/hooks";
import { closeThisWindow } from "../../platform/surfaces.ts";
import { announce } from "../../ui/announcer.tsx";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { useFocus } from "../../ui/use-focus.ts";

/** The end of a window that was opened for one thing: what was kept, and the way out. */
export function Kept(props: { sentence: string; onAnother: () => void }) {
  const close = useFocus<HTMLButtonElement>();
  useEffect(() => announce(props.sentence), []);
  return (
    <div class="stack">
      <p class="line">
        <span class="big-glyph">
          <Glyph name="check" size={24} />
        </span>
        <span>{props.sentence}</span>
      </p>
      <div class="line wrap">
        <button type="button" class="button primary" ref={close} onClick={() => void closeThisWindow()}>
          {t("action.close")}
        </button>
        <button type="button" class="button" onClick={props.onAnother}>
          {t("live.another")}
        </button>
      </div>
    </div>
  );
}
