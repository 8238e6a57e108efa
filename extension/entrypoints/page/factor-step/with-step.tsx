import type { ComponentChildren, VNode } from "preact";

/** What signs in; in its place, while it waits for a second factor, the step that shows one. What was typed stays. */
export function WithStep(props: { step: VNode | null; children: ComponentChildren }) {
  return (
    <>
      <div hidden={props.step !== null}>{props.children}</div>
      {props.step}
    </>
  );
}
