import { useState } from "preact/hooks";
import type { ListedFactor } from "../../../../shared/mfa/answers.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { renameFactor } from "../../../servers/factors.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { language, t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { useAct } from "../groups/use-act.ts";
import type { FactorProps } from "./factor-props.ts";
import { inOwnSession } from "./own-session.ts";

/** What the server keeps of a name (server/mfa/limits.ts). */
const LONGEST_NAME = 64;

/**
 * Calls a second factor otherwise, as where several are of one kind; by no name, it is called by its kind again.
 *
 * @param props.kind what its kind is called
 */
export function RenameFactor(
  props: FactorProps & { factor: ListedFactor; kind: string; onClose: () => void },
) {
  const { factor, server, say } = props;
  const former = factor.name ?? "";
  const [name, setName] = useState(former);
  const act = useAct<FactorRefusal>();
  const field = useFocus<HTMLInputElement>();
  const wanted = name.trim().slice(0, LONGEST_NAME);
  const rename = () =>
    act.run(
      () =>
        inOwnSession(server.id, (session) => renameFactor(session, factor.id, wanted || null, [language()])),
      () => {
        say({ tone: "done", sentence: t("factors.renamed", { name: wanted || props.kind }) });
        props.onClose();
        props.onChanged();
      },
    );
  return (
    <div class="stack tight">
      <form
        class="stack tight"
        aria-busy={act.busy}
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label={t("factors.rename-label")}
          value={name}
          problem={null}
          kind="text"
          field={field}
          onChange={setName}
        />
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={act.busy || wanted === former}>
            {t("factors.rename-action")}
          </button>
          <button type="button" class="button plain" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
      <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />
    </div>
  );
}
