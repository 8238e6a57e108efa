import type { RefObject } from "preact";
import { FIRST_STEPS, type FirstStep } from "../../../preferences/first-steps.ts";
import { t } from "../../../ui/i18n.ts";

/** The title of a step, from which a screen reader goes on: it says first which of how many this is. */
export function StepHeading(props: {
  step: FirstStep;
  heading: RefObject<HTMLHeadingElement | null>;
  children: string;
}) {
  const place = { number: FIRST_STEPS.indexOf(props.step) + 1, count: FIRST_STEPS.length };
  return (
    <h2 id="welcome-title" ref={props.heading} tabIndex={-1}>
      <span class="visually-hidden">{t("welcome.place", place)} </span>
      {props.children}
    </h2>
  );
}
