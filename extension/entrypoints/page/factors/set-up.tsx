import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import { canShowPasskeys } from "../../../platform/server-passkey.ts";
import { isWayIn } from "../../../servers/factors.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { ChooseKind } from "./choose-kind.tsx";
import type { FactorProps } from "./factor-props.ts";
import { SetUpFactor } from "./set-up-factor.tsx";

/**
 * Choosing a kind of factor and setting one up; after the first one, what is to be done for the day when it is lost.
 *
 * @param props.asksForCodes whether recovery codes are to be made next, which is asked for after the first one
 * @param props.wanted the id of a module that was chosen elsewhere on the page; counted, so that it can be chosen twice
 */
export function SetUp(
  props: FactorProps & {
    wanted: { readonly module: string } | null;
    asksForCodes: boolean;
    onAskForCodes: (asks: boolean) => void;
  },
) {
  const { known, asksForCodes } = props;
  const [module, setModule] = useState<OfferedModule | null>(null);
  const section = useRef<HTMLElement>(null);
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Finished or given up: the keyboard goes on where it was begun.
    if (module === null && last.current !== null && !section.current?.contains(document.activeElement))
      section.current?.querySelector<HTMLElement>(`[data-sets-up="${CSS.escape(last.current)}"]`)?.focus();
    last.current = module?.id ?? null;
  }, [module]);
  const proven = known.factors.filter(({ status }) => status === "verified");
  const spare = known.modules.find(({ isSpare }) => isSpare);
  const hasOwn = proven.some(isWayIn);
  const hasSpare = proven.some(({ isSpare }) => isSpare);
  useEffect(() => {
    if (props.wanted === null) return;
    setModule(known.modules.find(({ id }) => id === props.wanted?.module) ?? null);
  }, [props.wanted]);
  const done = (set: OfferedModule) => {
    setModule(null);
    props.onAskForCodes(!set.isSpare && spare !== undefined && !hasSpare);
    props.onChanged();
  };
  return (
    <section ref={section} class="page-section" aria-labelledby="set-up">
      <h2 id="set-up" tabIndex={-1}>
        {t(hasOwn ? "factors.set-up.title" : "factors.set-up.first")}
      </h2>
      {module !== null && (
        <SetUpFactor
          key={module.id}
          {...props}
          module={module}
          onDone={() => done(module)}
          onClose={() => setModule(null)}
        />
      )}
      {module === null && asksForCodes && hasOwn && !hasSpare && spare !== undefined && (
        <ThenCodes onMake={() => setModule(spare)} onSkip={() => props.onAskForCodes(false)} />
      )}
      {module === null && <ChooseKind {...props} hasPasskeys={canShowPasskeys()} onChoose={setModule} />}
    </section>
  );
}

/** Recovery codes, which come after the first factor. The keyboard goes on there. */
function ThenCodes(props: { onMake: () => void; onSkip: () => void }) {
  const make = useFocus<HTMLButtonElement>();
  return (
    <div class="notice boxed" role="group" aria-labelledby="then-codes">
      <Glyph name="print" />
      <div class="stack tight grow">
        <p id="then-codes">{t("factors.set-up.then-codes")}</p>
        <div class="line wrap">
          <button ref={make} type="button" class="button primary" onClick={props.onMake}>
            {t("factors.locked-in.codes")}
          </button>
          <button type="button" class="button plain" onClick={props.onSkip}>
            {t("factors.offer.skip")}
          </button>
        </div>
      </div>
    </div>
  );
}
