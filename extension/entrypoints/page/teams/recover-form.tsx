import { readKitText } from "../../../servers/kit.ts";
import { type RecoverRefusal, recoverWithKit } from "../../../servers/recover.ts";
import { t } from "../../../ui/i18n.ts";
import { PaperForm, type PaperGiven } from "./paper-form.tsx";

/** Comes back with the kit alone; the passphrase of the vault here counts at the server from then on. */
export function RecoverForm(props: {
  given: PaperGiven;
  isKnown?: boolean;
  onDone: (sentence: string) => void;
  onCancel: () => void;
}) {
  const title = t("teams.recover.title");
  return (
    <PaperForm<RecoverRefusal>
      {...props}
      heading={props.isKnown ? <h3>{title}</h3> : <h2 id="teams-connect">{title}</h2>}
      what="teams.recover.what"
      paper={{ label: "teams.recover.kit", hint: "teams.recover.kit-hint" }}
      passphrase={{
        label: "teams.register.passphrase",
        hint: "teams.recover.passphrase-hint",
        wrong: "wrong-passphrase",
      }}
      action={{
        idle: "teams.recover.action",
        busy: "teams.recover.working",
        done: "teams.recover.done",
        outside: "teams.recover.done-outside",
      }}
      // Wherever it broke: what is stored here finds out when it is done again.
      broken="recovery-unknown"
      read={async (text) => readKitText(text)}
      enter={(wish, showFactor) => recoverWithKit(wish, Date.now, showFactor)}
    />
  );
}
