import { useState } from "preact/hooks";
import type { Role } from "../../../../shared/group/permissions.ts";
import type { ActRefusal } from "../../../groups/act.ts";
import { invite } from "../../../groups/invite.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { isEmailAddress } from "../teams/email-address.ts";
import { ChooseRole } from "./choose-role.tsx";
import type { GroupProps } from "./group-props.ts";
import { NewCode } from "./new-code.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** Whom to invite, and as what; then the code that lets them in. @param props.role of the person at this device */
export function InvitePerson(props: GroupProps & { role: Role; onDone: () => void }) {
  const { group, server, say } = props;
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [wanted, setWanted] = useState<Role>("viewer");
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<{ code: string; until: number } | null>(null);
  const act = useAct<ActRefusal>();
  const close = () => {
    setOpen(false);
    setMade(null);
    setEmail("");
    setWanted("viewer");
  };
  if (!isOpen)
    return (
      <div>
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t("groups.invite")}
        </button>
      </div>
    );
  if (made !== null) return <NewCode {...made} email={email.trim()} say={say} onClose={close} />;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isEmailAddress(email)) return setProblem(t("teams.email-problem"));
    act.run(
      () => invite(group.g, { email, role: wanted }),
      (invited) => {
        setMade(invited);
        props.onDone();
      },
    );
  };
  return (
    <div class="stack tight">
      <form class="stack tight" aria-busy={act.busy} onSubmit={submit}>
        <h3>{t("groups.invite")}</h3>
        <TextField
          label={t("groups.invite-email")}
          hint={t("groups.invite-email-why")}
          value={email}
          problem={problem}
          kind="email"
          onChange={(value) => {
            setEmail(value);
            setProblem(null);
          }}
        />
        <ChooseRole label={t("groups.invite-role")} actor={props.role} value={wanted} onChoose={setWanted} />
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={act.busy || email.trim() === ""}>
            {t(act.busy ? "groups.working" : "groups.invite-action")}
          </button>
          <button type="button" class="button plain" onClick={close}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </div>
  );
}
