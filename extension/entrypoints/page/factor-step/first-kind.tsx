import type { ListedFactor, OfferedModule } from "../../../../shared/mfa/answers.ts";
import { kindSentences, strengthText, unfinishedText } from "../../../ui/factor-list-text.ts";
import { formatSentences, ofLanguage, t } from "../../../ui/i18n.ts";

/** A kind of factor that can be set up, or gone on with where that was begun before. */
export function FirstKind(props: {
  module: OfferedModule;
  isRecommended: boolean;
  unfinished: ListedFactor | undefined;
  host: string;
  isBusy: boolean;
  onChoose: () => void;
  onGoOn: (factorId: string) => void;
}) {
  const { module, unfinished } = props;
  const kind = ofLanguage(module.names);
  const says =
    unfinished === undefined
      ? kindSentences(module)
      : formatSentences([strengthText(unfinished, props.host), unfinishedText(module.id) ?? ""]);
  return (
    <li class="line wrap">
      <div class="grow">
        <strong>{kind}</strong>
        {props.isRecommended && <span class="small dim"> · {t("factors.recommended")}</span>}
        <div class="small dim">{says}</div>
      </div>
      {unfinished !== undefined && (
        <button
          type="button"
          class="button"
          disabled={props.isBusy}
          aria-label={t("factors.finish-named", { kind })}
          onClick={() => props.onGoOn(unfinished.id)}
        >
          {t("factors.finish")}
        </button>
      )}
      <button
        type="button"
        class={props.isRecommended ? "button primary" : "button"}
        disabled={props.isBusy}
        aria-label={t(unfinished === undefined ? "factors.set-up.named" : "factors.again-named", { kind })}
        onClick={props.onChoose}
      >
        {t(unfinished === undefined ? "factors.set-up.action" : "factors.again")}
      </button>
    </li>
  );
}
