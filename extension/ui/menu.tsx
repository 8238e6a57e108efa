import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

export interface MenuItem {
  readonly label: string;
  readonly keys?: string;
  readonly tone?: "danger";
  readonly onChoose: () => void;
}

/**
 * A small menu beside the button that opened it; arrows, Home and End move, Enter chooses, Escape closes and gives the
 * focus back. Where the focus goes after a choice is for whoever opened it to say.
 */
export function Menu(props: {
  anchor: HTMLElement;
  items: readonly MenuItem[];
  label: string;
  /** Why something that one may look for is not offered. */
  note?: string | null;
  onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const noteId = useId();

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const anchor = props.anchor.getBoundingClientRect();
    const below = anchor.bottom + element.offsetHeight + 8 <= innerHeight;
    const top = below ? anchor.bottom + 2 : Math.max(8, anchor.top - element.offsetHeight - 2);
    element.style.top = `${top}px`;
    // At the button's own end of the line, on whichever side of the window that is.
    const isRtl = getComputedStyle(element).direction === "rtl";
    const end = isRtl ? anchor.left : document.documentElement.clientWidth - anchor.right;
    element.style.insetInlineEnd = `${Math.max(8, end)}px`;
    element.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [props.anchor]);

  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) props.onClose();
    };
    document.addEventListener("pointerdown", closeOutside, true);
    return () => document.removeEventListener("pointerdown", closeOutside, true);
  }, [props.onClose]);

  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const focusAt = (place: number) => entries().at(place)?.focus();
  const move = (step: number) => {
    const items = entries();
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  };

  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={props.label}
      aria-describedby={props.note ? noteId : undefined}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "ArrowDown") move(1);
        else if (event.key === "ArrowUp") move(-1);
        else if (event.key === "Home") focusAt(0);
        else if (event.key === "End") focusAt(-1);
        else if (event.key === "Escape" || event.key === "Tab") {
          props.onClose();
          props.anchor.focus();
        } else return;
        event.preventDefault();
      }}
    >
      {props.items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          class={`menu-item ${item.tone ?? ""}`}
          onClick={() => {
            props.onClose();
            item.onChoose();
          }}
        >
          <span>{item.label}</span>
          {item.keys && <kbd>{item.keys}</kbd>}
        </button>
      ))}
      {props.note && (
        <p id={noteId} class="menu-note" role="none">
          {props.note}
        </p>
      )}
    </div>
  );
}
