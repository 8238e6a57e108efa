import type { ComponentChildren } from "preact";
import { Glyph } from "./icons.tsx";

/**
 * The line beside a control that says what the organisation has set about it.
 *
 * @param props.id what the control names as its description
 */
export function ManagedLine(props: { id?: string; children: ComponentChildren }) {
  return (
    <p class="managed small" id={props.id}>
      <Glyph name="organisation" size={16} />
      <span>{props.children}</span>
    </p>
  );
}
