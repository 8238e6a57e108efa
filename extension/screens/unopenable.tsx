import { unopenableText } from "../ui/error-text.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";
import type { UnopenableReason } from "../vault/state.ts";

/**
 * A vault that nobody can open: what happened, that nothing was deleted, and what to do next.
 *
 * @param props.onAnew leads to where what can't be read any more is deleted; not given where the person is there already
 * @param props.onBackup leads to where a backup can be looked into; null where the person is there already
 */
export function Unopenable(props: {
  why: UnopenableReason;
  onBackup: (() => void) | null;
  onAnew?: (() => void) | undefined;
}) {
  const { what, next } = unopenableText(props.why);
  return (
    <div class="stack" role="alert">
      <div class="line">
        <span class="big-glyph warn-glyph">
          <Glyph name="warn" size={24} />
        </span>
        <p class="grow">{what}</p>
      </div>
      <p>{t("unopenable.nothing-deleted")}</p>
      <p>{next}</p>
      <div class="line wrap">
        {props.why === "database" && (
          <button type="button" class="button primary" onClick={() => location.reload()}>
            <Glyph name="refresh" />
            {t("unopenable.try-again")}
          </button>
        )}
        {props.onBackup && props.why !== "newer-version" && (
          <button type="button" class="button" onClick={props.onBackup}>
            {t("page.backup")}
          </button>
        )}
        {props.onAnew && props.why === "device-key-lost" && (
          <button type="button" class="button plain" onClick={props.onAnew}>
            {t("locked.anew")}
          </button>
        )}
      </div>
    </div>
  );
}
