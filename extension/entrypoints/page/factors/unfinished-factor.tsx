import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ListedFactor, OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { kindText, strengthText, unfinishedText } from "../../../ui/factor-list-text.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { t } from "../../../ui/i18n.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { useAct } from "../groups/use-act.ts";
import { dropBegun } from "./drop-begun.ts";
import type { FactorProps } from "./factor-props.ts";
import { ProveFactor } from "./prove-factor.tsx";
import { useSetUp } from "./use-set-up.ts";

const DROPPED = {
  dropped: "factors.dropped",
  trashed: "factors.dropped-kept",
  proven: "factors.not-dropped",
} as const;

/**
 * A second factor that was begun and never proven, as where the page was closed half-way: it is finished, begun again, or
 * dropped.
 *
 * @param props.onSetUp begins to set up one of that module
 */
export function UnfinishedFactor(
  props: FactorProps & { factor: ListedFactor; onSetUp: (module: string) => void },
) {
  const { factor, known, server, say } = props;
  const [isOpen, setOpen] = useState(false);
  const act = useAct<FactorRefusal>();
  const opener = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const kind = kindText(known.modules, factor.module);
  const module = known.modules.find(({ id }) => id === factor.module);
  const drop = (onDropped: () => void) =>
    act.run(
      () => dropBegun(server.id, factor.id),
      (came) => {
        say({ tone: came === "proven" ? "warn" : "done", sentence: t(DROPPED[came], { kind }) });
        props.onChanged();
        if (came !== "proven") onDropped();
      },
    );
  const close = () => {
    setOpen(false);
    // The keyboard goes on where the panel was opened.
    opener.current?.focus();
  };
  const why = unfinishedText(factor.module);
  return (
    <li class="stack tight" aria-busy={act.busy}>
      <div class="line wrap">
        <div class="grow">
          <strong>{kind}</strong>
          <br />
          <span class="small">{strengthText(factor, server.host)}</span>
          {module !== undefined && why !== null && (
            <>
              <br />
              <span class="small dim">{why}</span>
            </>
          )}
        </div>
        <div class="line">
          {module !== undefined && (
            <>
              <button
                ref={opener}
                type="button"
                class={isOpen ? "button" : "button primary"}
                aria-expanded={isOpen}
                aria-controls={isOpen ? panelId : undefined}
                aria-label={t("factors.finish-named", { kind })}
                onClick={() => setOpen(!isOpen)}
              >
                {t("factors.finish")}
              </button>
              <button
                type="button"
                class="button plain"
                disabled={act.busy}
                aria-label={t("factors.again-named", { kind })}
                onClick={() => drop(() => props.onSetUp(module.id))}
              >
                {t("factors.again")}
              </button>
            </>
          )}
          <button
            type="button"
            class="button plain danger-text"
            disabled={act.busy}
            aria-label={t("factors.drop-named", { kind })}
            onClick={() => drop(() => {})}
          >
            {t("factors.drop")}
          </button>
        </div>
      </div>
      <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />
      {isOpen && module !== undefined && (
        <div id={panelId}>
          <Finish {...props} module={module} onClose={close} />
        </div>
      )}
    </li>
  );
}

/** Its first proof, for which the server asks anew. */
function Finish(props: FactorProps & { factor: ListedFactor; module: OfferedModule; onClose: () => void }) {
  const { factor, server, module, say } = props;
  const setUp = useSetUp(server.id, module, factor.name);
  const { begun, act } = setUp;
  useEffect(() => setUp.goOn(factor.id), []);
  return (
    <div class="stack tight" aria-busy={act.busy}>
      {begun === null && act.busy && (
        <p class="dim" role="status">
          {t("factors.set-up.beginning")}
        </p>
      )}
      {begun !== null && (
        <ProveFactor
          {...props}
          setUp={setUp}
          begun={begun}
          onProven={() => {
            const kind = kindText([module], module.id);
            say({ tone: "done", sentence: t("factors.finished", { kind, host: server.host }) });
            props.onClose();
            props.onChanged();
          }}
          onGiveUp={props.onClose}
        />
      )}
      <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />
    </div>
  );
}
