import type { ComponentChildren } from "preact";
import type { AutomaticState } from "../../../backup/automatic/automatic-state.ts";
import { formatDate, formatDateTime, formatSentences, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { Fact } from "../fact.tsx";
import { placeText, trialLine } from "./automatic-text.ts";

/** The newest backup, where it is, how many there are, when the next comes, and whether any was ever tried. */
export function AutomaticFacts({ state }: { state: AutomaticState }) {
  const { plan, newest, trial } = state;
  if (plan === null) return null;
  const isTried = newest !== null && trial?.sha256 === newest.sha256;
  return (
    <dl class="facts">
      <Fact name={t("automatic.newest")}>
        {newest === null
          ? t("automatic.none-yet")
          : tn("automatic.newest-is", newest.entries, {
              when: formatDateTime(newest.at),
              file: newest.name,
            })}
        {newest !== null && newest.leftOut > 0 && (
          <Marked>
            {formatSentences([tn("backup.left-out", newest.leftOut), t("automatic.nothing-removed")])}
          </Marked>
        )}
      </Fact>
      <Fact name={t("trial.title")}>
        {isTried && trial ? (
          trial.wrong === 0 ? (
            trialLine(trial)
          ) : (
            <Marked>{trialLine(trial)}</Marked>
          )
        ) : (
          <>
            {newest !== null && <Marked>{t("trial.never")}</Marked>}
            {newest === null && t("trial.nothing")}
            {trial && (
              <p class="small dim">{t("trial.former", { file: trial.fileName, line: trialLine(trial) })}</p>
            )}
          </>
        )}
      </Fact>
      <Fact name={t("automatic.place")}>{placeText(state)}</Fact>
      <Fact name={t("automatic.kept")}>
        {t("automatic.kept-of", { count: state.count, keep: plan.keep })}
        {state.underFormerLock > 0 && (
          <p class="small dim">{tn("automatic.former-lock", state.underFormerLock)}</p>
        )}
      </Fact>
      <Fact name={t("automatic.next")}>
        {state.dueFrom === null
          ? t("automatic.next-opening")
          : t("automatic.next-from", { when: formatDateTime(state.dueFrom) })}
      </Fact>
      <Fact name={t("automatic.lock")}>
        {plan.recipient === null
          ? t("automatic.lock-is.passphrase", { since: formatDate(plan.lockSetAt) })
          : t("automatic.lock-is.recipient", { since: formatDate(plan.lockSetAt) })}
        {plan.recipient !== null && <p class="small mono backup-key">{plan.recipient}</p>}
      </Fact>
    </dl>
  );
}

/** What a person should look at, told by more than its colour. */
function Marked(props: { children: ComponentChildren }) {
  return (
    <span class="backup-mark">
      <Glyph name="warn" size={16} />
      <span>{props.children}</span>
    </span>
  );
}
