import { useEffect, useState } from "preact/hooks";
import type { WrittenCode } from "../../../../shared/formats/format.ts";
import type { WayOut } from "../../../export/ways-out.ts";
import { exportCodes } from "../../../export/write-export.ts";
import { announce } from "../../../ui/announcer.tsx";
import { fullName } from "../../../ui/entry-name.ts";
import { programName } from "../../../ui/format-names.ts";
import { formatList, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useEscape } from "../../../ui/use-escape.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { QrCode } from "../sheet/qr-code.tsx";
import { openSheet } from "../sheet/sheet-choice.ts";

/**
 * QR codes for another device's camera, one at a time. They are in the document only while they are shown.
 *
 * @param props.onFailed the entries can't be read, or may not be exported any more
 */
export function ShowCodes(props: {
  wayOut: WayOut;
  ids: readonly string[];
  onDone: () => void;
  onFailed: () => void;
}) {
  const [codes, setCodes] = useState<readonly WrittenCode[] | null>(null);
  useEffect(() => {
    let gone = false;
    exportCodes(props.ids, props.wayOut).then(
      (written) => gone || setCodes(written),
      () => gone || props.onFailed(),
    );
    return () => {
      gone = true;
    };
  }, []);
  useEscape(props.onDone);
  return codes === null || codes.length === 0 ? null : <Codes {...props} codes={codes} />;
}

function Codes(props: {
  wayOut: WayOut;
  ids: readonly string[];
  codes: readonly WrittenCode[];
  onDone: () => void;
}) {
  const { codes, wayOut } = props;
  const [at, setAt] = useState(0);
  const heading = useFocus<HTMLHeadingElement>();
  const namesOf = (place: number) => (codes[place]?.entries ?? []).map(fullName);
  const placeText = (place: number) => ({ number: place + 1, count: codes.length });
  const go = (to: number) => {
    const place = Math.min(Math.max(to, 0), codes.length - 1);
    if (place === at) return;
    setAt(place);
    announce(t("export.place-spoken", { ...placeText(place), names: formatList(namesOf(place)) }));
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
      const to = {
        [isRtl ? "ArrowRight" : "ArrowLeft"]: at - 1,
        [isRtl ? "ArrowLeft" : "ArrowRight"]: at + 1,
        Home: 0,
        End: codes.length - 1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  const code = codes[at];
  if (code === undefined) return null;
  const program = programName(wayOut.format.id);
  return (
    <section class="page-section" aria-labelledby="export-codes">
      <h2 id="export-codes" ref={heading} tabIndex={-1}>
        {t("export.codes")}
      </h2>
      <p class="dim">{program === null ? t("export.scan-each") : t("export.scan-in", { program })}</p>
      <div class="export-code">
        {codes.length > 1 && (
          <div class="line export-steps">
            <button type="button" class="button" aria-disabled={at === 0} onClick={() => go(at - 1)}>
              {t("export.previous")}
            </button>
            <span class="export-place">{t("export.place", placeText(at))}</span>
            <button
              type="button"
              class="button"
              aria-disabled={at === codes.length - 1}
              onClick={() => go(at + 1)}
            >
              {t("export.next")}
            </button>
          </div>
        )}
        <QrCode
          text={code.uri}
          on="screen"
          label={t("export.place-spoken", { ...placeText(at), names: formatList(namesOf(at)) })}
        />
        <p class="export-names">{code.entries.map(fullName).join("\n")}</p>
      </div>
      {codes.length > 1 && <p class="dim small">{t("export.codes-keys")}</p>}
      <div class="line wrap">
        <button type="button" class="button primary" onClick={props.onDone}>
          {t("export.done")}
        </button>
        {program === null && (
          <button type="button" class="button" onClick={() => void openSheet(props.ids)}>
            <Glyph name="print" />
            {t("export.print-instead")}
          </button>
        )}
      </div>
    </section>
  );
}
