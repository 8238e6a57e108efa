import type { ComponentChildren } from "preact";

/** A checkbox that shows what is stored: a press asks for the other, and it is ticked once that is kept. */
export function StoredTick(props: {
  stored: boolean;
  describedBy?: string;
  onWish: (wish: boolean) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        aria-describedby={props.describedBy}
        checked={props.stored}
        onChange={(event) => {
          const box = event.currentTarget;
          const wish = box.checked;
          box.checked = props.stored;
          props.onWish(wish);
        }}
      />
      <span>{props.children}</span>
    </label>
  );
}
