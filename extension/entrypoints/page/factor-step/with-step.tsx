import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * What signs in; in its place, while it waits for a second factor, the step that shows one. What was typed stays, and whoever
 * comes back goes on in the field where they were.
 */
export function WithStep(props: { step: VNode | null; children: ComponentChildren }) {
  const isAside = props.step !== null;
  const form = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const wasAside = useRef(isAside);
  useLayoutEffect(() => {
    // A button may still be waiting for what it has begun: then the first field.
    if (wasAside.current && !isAside)
      [last.current, form.current?.querySelector("input")]
        .find((each) => each?.isConnected && !each.matches(":disabled"))
        ?.focus();
    wasAside.current = isAside;
  }, [isAside]);
  return (
    <>
      <div
        ref={form}
        hidden={isAside}
        onFocusIn={({ target }) => {
          last.current = target instanceof HTMLElement ? target : null;
        }}
      >
        {props.children}
      </div>
      {props.step}
    </>
  );
}
