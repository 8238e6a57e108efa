import type { ComponentChildren } from "preact";
import { Glyph } from "../../../ui/icons.tsx";

/** Something to know before it is done. @param props.id what a button names as its description */
export function Caution({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <div class="notice boxed warn">
      <Glyph name="warn" />
      <span id={id}>{children}</span>
    </div>
  );
}
