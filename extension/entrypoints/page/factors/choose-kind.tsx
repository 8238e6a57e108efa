import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import { isWayIn } from "../../../servers/factors.ts";
import { kindSentences } from "../../../ui/factor-list-text.ts";
import { ofLanguage, t } from "../../../ui/i18n.ts";
import { wantsBrowser } from "../factor-step/choose-factor.ts";
import type { FactorProps } from "./factor-props.ts";

/** The kinds of factors that the server offers the person, in its sequence. */
export function ChooseKind(
  props: FactorProps & { hasPasskeys: boolean; onChoose: (module: OfferedModule) => void },
) {
  const { known, server } = props;
  const proven = known.factors.filter(({ status }) => status === "verified");
  const hasOwn = proven.some(isWayIn);
  // Whoever has begun one is led back to that, not to another one.
  const hasBegun = known.factors.length > proven.length;
  if (known.modules.length === 0) return <p>{t("factors.set-up.nothing", { host: server.host })}</p>;
  return (
    <ul class="plain-list">
      {known.modules.map((module) => {
        const kind = ofLanguage(module.names);
        const isFresh = module.isSpare && proven.some((factor) => factor.module === module.id);
        const whyNot =
          wantsBrowser(module) && !props.hasPasskeys
            ? t("factors.no-passkeys")
            : module.isSpare && !hasOwn
              ? t("factors.set-up.needs-other")
              : module.countsForSignIn
                ? null
                : t("factors.is.weak-uncounted", { host: server.host });
        return (
          <li key={module.id} class="line wrap">
            <div class="grow">
              <strong>{kind}</strong>
              <span class="small dim">{factsText(module, known.recommended)}</span>
              <br />
              <span class="small dim">{whyNot ?? kindSentences(module)}</span>
            </div>
            {whyNot === null && (
              <button
                type="button"
                class={module.id === known.recommended && !hasOwn && !hasBegun ? "button primary" : "button"}
                data-sets-up={module.id}
                aria-label={
                  isFresh ? `${kind}: ${t("factors.set-up.fresh")}` : t("factors.set-up.named", { kind })
                }
                onClick={() => props.onChoose(module)}
              >
                {t(isFresh ? "factors.set-up.fresh" : "factors.set-up.action")}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function factsText({ id, strength, isSpare }: OfferedModule, recommended: string | null): string | null {
  const facts = [
    ...(strength === "strong" && !isSpare ? [t("factors.set-up.strong")] : []),
    ...(id === recommended ? [t("factors.recommended")] : []),
  ];
  return facts.length === 0 ? null : ` · ${facts.join(" · ")}`;
}
