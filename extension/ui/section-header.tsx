import { t } from "./i18n.ts";
import type { SectionKind } from "./list-sections.ts";

/** The line above a section of the list: the site's name and what Enter does there, "pinned", "all codes". */
export function SectionHeader(props: { kind: SectionKind; host: string | null; top: number; index: number }) {
  return (
    <div
      class="section"
      role="row"
      tabIndex={-1}
      aria-rowindex={props.index + 1}
      style={{ insetBlockStart: `${props.top}px` }}
    >
      <span role="gridcell" class="cut">
        {props.kind === "site" ? (
          <>
            {t("list.for-site")} <b title={props.host ?? ""}>{props.host}</b>
          </>
        ) : (
          t(props.kind === "pinned" ? "list.pinned" : "list.all")
        )}
      </span>
      {props.kind === "site" && (
        <span role="gridcell">
          <kbd>Enter</kbd> {t("list.enter-fills")}
        </span>
      )}
    </div>
  );
}
