import type { ComponentChildren } from "preact";

/** One line of a list of facts (`dl.facts`): what it is called, and what is so. */
export function Fact(props: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
