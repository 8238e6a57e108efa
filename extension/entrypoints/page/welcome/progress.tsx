import { FIRST_STEPS, type FirstStep } from "../../../preferences/first-steps.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";

/** The steps in a line: those behind, the one that is shown, those to come. */
export function Progress(props: { step: FirstStep }) {
  const now = FIRST_STEPS.indexOf(props.step);
  return (
    <ol class="progress" aria-label={t("page.welcome")}>
      {FIRST_STEPS.map((step, at) => (
        <li key={step} aria-current={at === now ? "step" : undefined}>
          <span class="progress-mark" aria-hidden="true">
            {at < now ? <Glyph name="check" size={14} /> : at + 1}
          </span>
          <span>{t(`welcome.name.${step}`)}</span>
          {at < now && <span class="visually-hidden">{t("welcome.passed")}</span>}
        </li>
      ))}
    </ol>
  );
}
