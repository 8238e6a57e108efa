import type { PersonView } from "../../../groups/group-view.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { type ResetRefusal, resetFactors } from "../../../servers/factor-reset.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { t } from "../../../ui/i18n.ts";
import { inOwnSession } from "../factors/own-session.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { Sure } from "./sure.tsx";
import { useAct } from "./use-act.ts";

/** For administrators of the server: takes all second factors of somebody away who has lost them. */
export function ResetPerson(props: GroupProps & { person: PersonView; name: string; onClose: () => void }) {
  const { server, say, person, name } = props;
  const act = useAct<ResetRefusal | FactorRefusal>();
  const reset = () =>
    act.run(
      () => inOwnSession(server.id, (session) => resetFactors(session, person.id)),
      () => {
        say({ tone: "done", sentence: t("factors.person.reset-done", { name }) });
        props.onClose();
      },
    );
  const words = (refusal: ResetRefusal | FactorRefusal | "failed", host: string) =>
    refusal === "reset-no-factor"
      ? t("factors.person.reset-none", { name })
      : factorRefusalText(refusal, host);
  return (
    <Sure
      action={t("factors.person.reset-sure", { name })}
      busy={act.busy}
      onSure={reset}
      onCancel={props.onClose}
    >
      <p>{t("factors.person.reset-what", { name, host: server.host })}</p>
      <p>{t("factors.person.reset-ask", { name })}</p>
      <p>{t("factors.person.reset-seen", { name })}</p>
      <RefusedAct act={act} words={words} server={server} say={say} />
    </Sure>
  );
}
