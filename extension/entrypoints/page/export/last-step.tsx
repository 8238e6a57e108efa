import { useMemo, useRef } from "preact/hooks";
import type { WayOut } from "../../../export/ways-out.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { openSheet } from "../sheet/sheet-choice.ts";
import { Caution } from "./caution.tsx";
import type { Chosen } from "./choose-way.tsx";
import { previewSummary } from "./export-text.ts";
import { GoCodes } from "./go-codes.tsx";
import { ShowCodes } from "./show-codes.tsx";
import { usePreview } from "./use-preview.ts";
import { WhatGoes } from "./what-goes.tsx";
import { WriteFile } from "./write-file.tsx";

type Step = SectionProps & {
  /** What is to go along. */
  rows: readonly IndexRow[];
  isShared: (row: IndexRow) => boolean;
  /** Whether the QR codes are on the screen: then nothing else is. */
  isShowing: boolean;
  onShowing: (isShowing: boolean) => void;
};

/** What goes along in the form that was chosen, and the button that does it. Nothing is written before. */
export function LastStep({ way, ...step }: Step & { way: Chosen | null }) {
  const isEmpty = step.rows.length === 0;
  if (way !== null && way !== "sheet" && !isEmpty) return <Preview {...step} wayOut={way} />;
  return (
    <section class="page-section" aria-labelledby="export-goes">
      <h2 id="export-goes">{t("export.goes")}</h2>
      {isEmpty || way === null ? (
        <p class="dim">{t(isEmpty ? "export.nothing" : "export.choose-form")}</p>
      ) : (
        <>
          <Caution id="export-warning">{t("sheet.worth")}</Caution>
          <div>
            <button
              type="button"
              class="button danger"
              aria-describedby="export-warning"
              onClick={() => void openSheet(step.rows.map(({ id }) => id))}
            >
              <Glyph name="print" />
              {t("export.open-sheet")}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function Preview({ wayOut, ...step }: Step & { wayOut: WayOut }) {
  const key = step.rows.map(({ id }) => id).join();
  const ids = useMemo(() => (key === "" ? [] : key.split(",")), [key]);
  const preview = usePreview(ids, wayOut);
  const heading = useRef<HTMLHeadingElement>(null);
  if (step.isShowing)
    return (
      <ShowCodes
        wayOut={wayOut}
        ids={ids}
        onDone={() => step.onShowing(false)}
        onFailed={() => {
          step.onShowing(false);
          step.say({ tone: "warn", sentence: t("export.failed") });
        }}
      />
    );
  const known = typeof preview === "string" ? null : preview;
  const stays = new Set(known?.leftOut.map(({ named }) => named.id));
  const goes = step.rows.filter((row) => !stays.has(row.id));
  const toDetails = () => {
    heading.current?.scrollIntoView({ block: "start" });
    heading.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <section class="page-section" aria-labelledby="export-goes">
        <h2 id="export-goes" ref={heading} tabIndex={-1}>
          {t("export.goes")}
        </h2>
        {known !== null && <WhatGoes preview={known} shared={goes.filter(step.isShared).length} />}
        {known !== null && goes.length > 0 && wayOut.way === "codes" && (
          <GoCodes vault={step.vault} codes={known.codes ?? 0} onShow={() => step.onShowing(true)} />
        )}
        {known !== null && goes.length > 0 && wayOut.way !== "codes" && (
          <WriteFile vault={step.vault} say={step.say} wayOut={wayOut} ids={ids} />
        )}
      </section>
      <div class="export-foot">
        <p aria-live="polite">
          {known === null
            ? t(preview === "looking" ? "export.looking" : "export.look-failed")
            : previewSummary(known)}
        </p>
        {known !== null && goes.length > 0 && (
          <button type="button" class="button" onClick={toDetails}>
            {t("export.details")}
          </button>
        )}
      </div>
    </>
  );
}
