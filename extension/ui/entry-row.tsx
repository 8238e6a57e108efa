import type { ComponentChildren, JSX } from "preact";
import { groupDigits } from "../../shared/otp/code.ts";
import { CodeText } from "./code-text.tsx";
import { shortName } from "./entry-name.ts";
import { t } from "./i18n.ts";
import { Glyph } from "./icons.tsx";
import { ENDING_SECONDS, Ring } from "./ring.tsx";

/** What the right-hand side of a row shows. */
export type RowCode =
  | { kind: "opening" }
  | { kind: "code"; code: string; next: string | null; period: number; secondsLeft: number; step: number }
  | { kind: "counter"; code: string | null }
  | { kind: "unreadable"; why: string };

/** One entry of the list: mark, names, code, ring. Clicking it does what Enter does. */
export function EntryRow(props: {
  domId: string;
  rowIndex: number;
  top: number;
  issuer: string;
  account: string;
  badge: string | null;
  /** What the group is called that shares it, "" until that is known; null where it is only this person's. */
  group: string | null;
  mark: ComponentChildren;
  code: RowCode;
  selected: boolean;
  pinned: boolean;
  /** A box to choose the row by, where several can be chosen; `selected` is then only where the keyboard stands. */
  tick?: { readonly ticked: boolean; readonly onTick: (event: MouseEvent) => void };
  /** It can be taken by its grip; a press there that moves nowhere is one on the row. */
  onGrip?: (event: PointerEvent) => void;
  /** It is in the hand. */
  dragged?: boolean;
  onPress: (event: MouseEvent) => void;
  onPoint: () => void;
  onMenu: (anchor: HTMLElement) => void;
}): JSX.Element {
  const name = shortName(props);
  const detail = [props.issuer ? props.account : "", props.badge ?? ""].filter(Boolean).join(" · ");
  return (
    <div
      id={props.domId}
      role="row"
      tabIndex={-1}
      aria-rowindex={props.rowIndex}
      aria-selected={props.tick ? props.tick.ticked : props.selected}
      class={`row ${props.selected ? "selected" : ""} ${props.tick?.ticked ? "ticked" : ""} ${props.dragged ? "dragged" : ""}`}
      style={{ insetBlockStart: `${props.top}px` }}
      onClick={props.onPress}
      onKeyDown={undefined}
      onPointerMove={props.onPoint}
      onContextMenu={(event) => {
        event.preventDefault();
        const more = event.currentTarget.querySelector<HTMLElement>(".row-more");
        if (more) props.onMenu(more);
      }}
    >
      {props.onGrip && (
        // Only for pointers: the menu and Alt with the arrows move a row as well.
        <span
          class="row-grip"
          aria-hidden="true"
          onPointerDown={props.onGrip}
          // The focus stays where typing is searching.
          onMouseDown={(event) => event.preventDefault()}
        >
          <Glyph name="grip" size={14} />
        </span>
      )}
      {props.tick && (
        <div role="gridcell" class="row-tick">
          {/* By keyboard it is the row that is chosen. */}
          <input
            type="checkbox"
            tabIndex={-1}
            checked={props.tick.ticked}
            aria-label={t("row.choose", { name })}
            onClick={(event) => {
              event.stopPropagation();
              props.tick?.onTick(event);
            }}
          />
        </div>
      )}
      <div role="gridcell" class="row-who">
        {props.mark}
        <span class="row-names">
          <span class="row-issuer cut" title={name}>
            {name}
            {props.pinned && (
              <span class="row-pin">
                <Glyph name="pin" size={12} />
                <span class="visually-hidden">{t("list.pinned-mark")}</span>
              </span>
            )}
          </span>
          {(detail || props.group !== null) && (
            <span class="row-detail">
              {detail && (
                <span class="row-account cut" title={detail}>
                  {detail}
                </span>
              )}
              {props.group !== null && (
                <span class="row-group" title={props.group}>
                  <Glyph name="people" size={13} />
                  <span class="visually-hidden">{t("row.group")} </span>
                  <span class="cut">{props.group}</span>
                </span>
              )}
            </span>
          )}
        </span>
      </div>
      <div role="gridcell" class="row-code">
        <RowCodeText code={props.code} />
      </div>
      <div role="gridcell" class="row-end">
        {props.code.kind === "code" && (
          <Ring key={props.code.step} period={props.code.period} secondsLeft={props.code.secondsLeft} />
        )}
        <button
          type="button"
          class="row-more icon-button"
          tabIndex={props.selected ? 0 : -1}
          aria-label={t("row.more", { name })}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation();
            props.onMenu(event.currentTarget);
          }}
        >
          <Glyph name="more" />
        </button>
      </div>
    </div>
  );
}

function RowCodeText({ code }: { code: RowCode }): JSX.Element {
  switch (code.kind) {
    case "opening":
      return <span class="code dim">··· ···</span>;
    case "unreadable":
      return <span class="small problem row-unreadable">{code.why}</span>;
    case "counter":
      return code.code === null ? (
        <span class="row-ask">{t("row.ask-code")}</span>
      ) : (
        <CodeText code={code.code} ending="running" />
      );
    case "code": {
      const ending = code.secondsLeft <= ENDING_SECONDS;
      return (
        <>
          <CodeText code={code.code} ending={ending ? "ending" : "running"} />
          {code.next !== null && (
            <span class="row-next mono" title={t("row.next-code")}>
              <span aria-hidden="true">→ </span>
              <span class="visually-hidden">{t("row.next-code")} </span>
              {groupDigits(code.next).join(" ")}
            </span>
          )}
        </>
      );
    }
  }
}
