import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { useEscape } from "../../ui/use-escape.ts";

/** A screen over the list: a title, a way back (Escape too), and what it is about. */
export function Screen(props: {
  title: string;
  onBack: (() => void) | null;
  centered?: true;
  children: ComponentChildren;
}) {
  useEscape(props.onBack ?? (() => window.close()));
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // What the focus was on is gone. Where nothing on this screen has taken it, a screen reader goes on from its title.
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <>
      <header class="top">
        {props.onBack && (
          <button
            type="button"
            class="icon-button back"
            aria-label={t("action.back")}
            onClick={() => props.onBack?.()}
          >
            <Glyph name="back" />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
      </header>
      <div class={`body ${props.centered ? "centered" : ""}`}>{props.children}</div>
    </>
  );
}
