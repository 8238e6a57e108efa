import { formatDate, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { saveFile } from "../save-file.ts";
import type { FactorOf } from "./factor-shown.tsx";
import { CopyText } from "./shown-secret.tsx";

/** Recovery codes, the one time that they are shown: to copy, to keep as a file, to print. */
export function ShownCodes({ codes, of }: { codes: readonly string[]; of: FactorOf }) {
  const head = t("factors.codes.sheet-head", { date: formatDate(Date.now()) });
  const use = t("factors.codes.sheet-use", { host: of.host });
  const save = () => {
    const text = [head, `${of.host} · ${of.email}`, "", ...codes, "", use, ""].join("\n");
    saveFile(`countersign-recovery-codes-${of.host.replace(/[^\w.-]/g, "-")}.txt`, text, "text/plain");
  };
  return (
    <div class="stack tight shown-once">
      <p>{t("factors.codes.why")}</p>
      <ul class="recovery-codes mono" aria-label={t("factors.codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div class="line wrap">
        <button type="button" class="button" onClick={() => window.print()}>
          <Glyph name="print" />
          {t("factors.codes.print")}
        </button>
        <button type="button" class="button" onClick={save}>
          <Glyph name="download" />
          {t("factors.codes.download")}
        </button>
        <CopyText text={codes.join("\n")} action={t("factors.codes.copy")} done={t("factors.codes.copied")} />
      </div>
      <CodesSheet codes={codes} of={of} head={head} use={use} />
    </div>
  );
}

/** What is printed in place of the page: on the screen it would only say all of it twice. */
function CodesSheet(props: { codes: readonly string[]; of: FactorOf; head: string; use: string }) {
  return (
    <div class="sheet printed-alone">
      <p class="sheet-head">{props.head}</p>
      <article class="sheet-entry kit">
        <dl class="sheet-text">
          <dt class="small">{t("factors.codes.sheet-server")}</dt>
          <dd>{props.of.host}</dd>
          <dt class="small">{t("factors.codes.sheet-email")}</dt>
          <dd>{props.of.email}</dd>
          <dt class="small">{t("factors.codes.sheet-codes")}</dt>
          {props.codes.map((code) => (
            <dd key={code} class="sheet-secret">
              {code}
            </dd>
          ))}
        </dl>
      </article>
      <p class="small sheet-foot">{props.use}</p>
    </div>
  );
}
