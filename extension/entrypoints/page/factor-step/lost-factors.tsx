import { useId, useState } from "preact/hooks";
import { type AskedReset, askReset, finishReset, type ResetRefusal } from "../../../servers/factor-reset.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import { readKitText } from "../../../servers/kit.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { useAct } from "../groups/use-act.ts";

/**
 * What is left where every factor is lost: the recovery kit, with which they go after an announced wait, or whoever runs the
 * server. The kit is typed into a form of this extension's own, and does not leave the device.
 *
 * @param props.reset what was asked for before; null: nothing
 * @param props.level of its heading
 * @param props.onGone the factors are gone
 */
export function LostFactors(props: {
  session: FactorSession;
  reset: AskedReset | null;
  level: number;
  onGone: () => void;
  onBack: () => void;
  onCancel: () => void;
}) {
  const { session } = props;
  const host = hostOf(session.origin);
  const [reset, setReset] = useState(props.reset);
  const [kit, setKit] = useState("");
  const act = useAct<ResetRefusal>();
  const field = useFocus<HTMLInputElement>();
  const titleId = useId();
  const Title = props.level === 3 ? "h3" : "h4";
  const isDue = reset !== null && reset.dueAt <= Date.now();
  const submit = (event: Event) => {
    event.preventDefault();
    if (isDue)
      act.run(
        () => finishReset(session, kit),
        () => props.onGone(),
      );
    else act.run(() => askReset(session, kit), setReset);
  };
  return (
    <form class="stack tight" aria-busy={act.busy} aria-labelledby={titleId} onSubmit={submit}>
      <Title id={titleId}>{t("factors.lost.title")}</Title>
      <p>{t("factors.lost.other-device", { host })}</p>
      {reset === null && <p>{t("factors.lost.kit", { host })}</p>}
      {reset !== null && (
        <p role="status">
          {isDue
            ? t("factors.lost.due", { date: formatDateTime(reset.askedAt) })
            : t("factors.lost.waits", {
                host,
                asked: formatDateTime(reset.askedAt),
                due: formatDateTime(reset.dueAt),
              })}
        </p>
      )}
      {(reset === null || isDue) && (
        <TextField
          label={t("teams.recover.kit")}
          hint={t("factors.lost.kit-stays", { host })}
          value={kit}
          problem={null}
          kind="code"
          field={field}
          onChange={(text) => setKit(readKitText(text).letters)}
        />
      )}
      {act.refusal !== null && (
        <p class="problem" role="alert">
          {factorRefusalText(act.refusal, host)}
        </p>
      )}
      <div class="line wrap">
        {(reset === null || isDue) && (
          <button type="submit" class="button primary" disabled={act.busy || kit.trim() === ""}>
            {t(isDue ? "factors.lost.finish" : "factors.lost.ask")}
          </button>
        )}
        <button type="button" class="button" disabled={act.busy} onClick={props.onBack}>
          {t("factors.step.back")}
        </button>
        <button type="button" class="button plain" disabled={act.busy} onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
      <p class="small dim">{t("factors.lost.administrator", { host })}</p>
    </form>
  );
}
