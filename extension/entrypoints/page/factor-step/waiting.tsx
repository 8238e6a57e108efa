import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { t } from "../../../ui/i18n.ts";

/** Where the server is asked for what is to be drawn: that it is, or why nothing came, and the way to ask again. */
export function Waiting(props: {
  refusal: FactorRefusal | "failed" | null;
  host: string;
  onRetry: () => void;
  onCancel: () => void;
}) {
  const { refusal } = props;
  return (
    <div class="stack tight">
      {refusal === null ? (
        <p class="dim" role="status">
          {t("factors.set-up.beginning")}
        </p>
      ) : (
        <p class="problem" role="alert">
          {factorRefusalText(refusal, props.host)}
        </p>
      )}
      <div class="line wrap">
        {refusal !== null && (
          <button type="button" class="button primary" onClick={props.onRetry}>
            {t("teams.retry")}
          </button>
        )}
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </div>
  );
}
