import { writeClipboard } from "../../../platform/clipboard.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import type { SectionProps } from "../section-props.ts";
import { QrCode } from "../sheet/qr-code.tsx";

/** The code of an invitation, shown once: to be copied, or scanned from this screen. */
export function NewCode(props: {
  code: string;
  until: number;
  email: string;
  say: SectionProps["say"];
  onClose: () => void;
}) {
  const { code, email, say } = props;
  const copyButton = useFocus<HTMLButtonElement>();
  const copy = async () => {
    const isCopied = await writeClipboard(code);
    say({
      tone: isCopied ? "done" : "warn",
      sentence: t(isCopied ? "groups.code.copied" : "copy.refused.clipboard-refused"),
    });
  };
  return (
    <div class="stack tight">
      <h3>{t("groups.code.title", { name: email })}</h3>
      <p>{t("groups.code.what", { name: email, time: formatDateTime(props.until) })}</p>
      <div class="invitation-code">
        <QrCode text={code} label={t("groups.code.qr")} />
        <p class="mono invitation-text">{code}</p>
      </div>
      <div class="line wrap">
        <button ref={copyButton} type="button" class="button primary" onClick={() => void copy()}>
          <Glyph name="copy" />
          {t("groups.code.copy")}
        </button>
        <button type="button" class="button" onClick={props.onClose}>
          {t("groups.code.done")}
        </button>
      </div>
    </div>
  );
}
