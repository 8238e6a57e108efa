import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { ManagedLine } from "./managed-line.tsx";

/** A button for something that an organisation may forbid: then it can't be pressed, and the line below says why. */
export function ManagedButton(props: {
  /** The sentence that says so; null where it is allowed. */
  forbidden: string | null;
  tone: "primary" | "quiet";
  onClick: () => void;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="stack tight">
      <div>
        <button
          type="button"
          class={props.tone === "primary" ? "button primary" : "button"}
          disabled={props.forbidden !== null}
          aria-describedby={props.forbidden === null ? undefined : id}
          onClick={props.onClick}
        >
          {props.children}
        </button>
      </div>
      {props.forbidden !== null && <ManagedLine id={id}>{props.forbidden}</ManagedLine>}
    </div>
  );
}
