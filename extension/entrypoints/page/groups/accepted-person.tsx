import type { ActRefusal } from "../../../groups/act.ts";
import { type Accepted, confirmAccepted, endInvitation } from "../../../groups/invite.ts";
import { acceptanceRefusalText, actRefusalText, roleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { SixWords } from "./six-words.tsx";
import { useAct } from "./use-act.ts";

/** Somebody who has accepted: their words to compare, then in they come, or not. */
export function AcceptedPerson(props: GroupProps & { accepted: Accepted; onDone: () => void }) {
  const { group, server, say } = props;
  const { invitation, email, role, words, refusal } = props.accepted;
  const act = useAct<ActRefusal | "not-accepted" | "changed">();
  const done = (sentence: string) => () => {
    say({ tone: "done", sentence });
    props.onDone();
  };
  const letIn = () =>
    act.run(
      () => confirmAccepted(group.g, props.accepted),
      done(t("groups.accepted.in", { name: email, group: group.name })),
    );
  const turnDown = () =>
    act.run(
      () => endInvitation(group.g, invitation),
      done(t("groups.accepted.turned-down", { name: email })),
    );
  return (
    <div class="notice boxed" role="group" aria-label={email} aria-busy={act.busy}>
      <div class="stack tight grow">
        <p>
          <strong>{t("groups.accepted.title", { name: email })}</strong>
        </p>
        {refusal === null ? (
          <>
            <p>{t("groups.accepted.compare", { role: roleText(role) })}</p>
            <SixWords words={words} />
          </>
        ) : (
          <p class="problem">{acceptanceRefusalText(refusal)}</p>
        )}
        <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
        <div class="line wrap">
          {refusal === null && (
            <button type="button" class="button primary" disabled={act.busy} onClick={letIn}>
              {t(act.busy ? "groups.working" : "groups.accepted.let-in")}
            </button>
          )}
          <button type="button" class="button" disabled={act.busy} onClick={turnDown}>
            {t("groups.accepted.turn-down")}
          </button>
        </div>
      </div>
    </div>
  );
}
