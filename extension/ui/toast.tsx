import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "./i18n.ts";
import { Glyph } from "./icons.tsx";

export interface ToastContent {
  readonly tone: "done" | "warn";
  readonly sentence: string;
  /** A button in the toast, e.g. undo. */
  readonly action?: { readonly label: string; readonly onChoose: () => void };
}

/** How long a toast stays (milliseconds); one with a reason to read stays until it is closed. */
const STAY_MS = 4000;
/** One that can take something back, which takes reading, thinking and finding its button. */
const STAY_WITH_ACTION_MS = 12_000;

/** What just happened. It lies over the list's foot, so that no row jumps. Screen readers hear it through announce(). */
export function Toast(props: { content: ToastContent; onClose: () => void }): JSX.Element {
  const { content, onClose } = props;
  const toast = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (content.tone === "warn") return;
    // Whoever points at it or has walked to its button is not done with it.
    const leave = () => {
      if (toast.current?.matches(":hover, :focus-within")) timer = setTimeout(leave, STAY_MS);
      else onClose();
    };
    let timer = setTimeout(leave, content.action ? STAY_WITH_ACTION_MS : STAY_MS);
    return () => clearTimeout(timer);
  }, [content]);
  return (
    <div ref={toast} class={`toast ${content.tone}`}>
      <Glyph name={content.tone === "done" ? "check" : "warn"} />
      <span class="grow">{content.sentence}</span>
      {content.action && (
        <button type="button" class="button plain" onClick={content.action.onChoose}>
          {content.action.label}
        </button>
      )}
      <button type="button" class="icon-button toast-close" aria-label={t("action.close")} onClick={onClose}>
        <Glyph name="close" size={14} />
      </button>
    </div>
  );
}
