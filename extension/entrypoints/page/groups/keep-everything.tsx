import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { keepEverything } from "../../../groups/keep-everything.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t, tn } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { watchIndex } from "../../../vault/entries.ts";
import type { SectionProps } from "../section-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";
import type { GroupServer } from "./use-server.ts";

type Refusal = Extract<Awaited<ReturnType<typeof keepEverything>>, { ok: false }>["error"];

/** Puts all that is on this device alone where every device of this person has it; says first who can read it there. */
export function KeepEverything(props: {
  server: GroupServer;
  vault: SectionProps["vault"]["kind"];
  say: SectionProps["say"];
}) {
  const { server, vault, say } = props;
  const [count, setCount] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const act = useAct<Refusal>();
  useEffect(() => {
    if (vault !== "unlocked") return setCount(0);
    return watchIndex(
      (rows) => setCount(rows.filter((row) => row.group === undefined && row.deletedAt === null).length),
      () => setCount(0),
    );
  }, [vault]);
  if (count === 0) return null;
  if (!isOpen)
    return (
      <div>
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t("groups.keep-all")}
        </button>
      </div>
    );
  const keep = () =>
    act.run(
      () => keepEverything(server.id, t("place.all-mine"), Date.now()),
      (kept) => {
        setOpen(false);
        const left = kept.refused > 0 ? ` ${tn("many.refused", kept.refused)}` : "";
        const sentence = tn("place.moved-mine", kept.ids.length) + left;
        say({ tone: kept.refused > 0 ? "warn" : "done", sentence });
      },
    );
  return (
    <Question
      what={tn("groups.keep-all-what", count, { host: server.host })}
      busy={act.busy}
      onKeep={keep}
      onCancel={() => setOpen(false)}
    >
      <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
    </Question>
  );
}

function Question(props: {
  what: string;
  busy: boolean;
  onKeep: () => void;
  onCancel: () => void;
  children: ComponentChildren;
}) {
  const action = useFocus<HTMLButtonElement>();
  return (
    <div class="notice boxed" role="group" aria-label={t("groups.keep-all")} aria-busy={props.busy}>
      <div class="stack tight grow">
        <p>
          <strong>{t("groups.keep-all")}</strong>
        </p>
        <p>{props.what}</p>
        {props.children}
        <div class="line wrap">
          <button
            ref={action}
            type="button"
            class="button primary"
            disabled={props.busy}
            onClick={props.onKeep}
          >
            {t(props.busy ? "groups.working" : "groups.keep-all-action")}
          </button>
          <button type="button" class="button" onClick={props.onCancel}>
            {t("action.cancel")}
          </button>
        </div>
      </div>
    </div>
  );
}
