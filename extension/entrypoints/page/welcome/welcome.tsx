import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { readFirstStep } from "../../../preferences/first-steps.ts";
import { useRows } from "../../../screens/use-list.ts";
import { t } from "../../../ui/i18n.ts";
import { useEscape } from "../../../ui/use-escape.ts";
import { readIndex } from "../../../vault/entries.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { AccountStep } from "./account-step.tsx";
import { Progress } from "./progress.tsx";
import { SafetyStep } from "./safety-step.tsx";
import { type Inner, useFirstSteps } from "./use-first-steps.ts";
import { WhatStep } from "./what-step.tsx";

const NO_ROWS: readonly IndexRow[] = [];

/**
 * The first steps of somebody who has no account yet: what this is, the first account, passphrase and backup. Whoever has
 * accounts already, and is not in the middle of it, is led to them instead.
 */
export function WelcomePage(props: SectionProps) {
  const [rows, setRows] = useState<readonly IndexRow[] | null>(null);
  useEffect(() => {
    const look = async () => {
      const found = props.vault.kind === "unlocked" ? await readIndex().catch(() => NO_ROWS) : NO_ROWS;
      const shown = found.filter(({ deletedAt }) => deletedAt === null);
      if (shown.length > 0 && (await readFirstStep()) === null) location.replace("#/codes");
      else setRows(shown);
    };
    void look();
  }, []);
  return rows && <Steps {...props} rows={rows} />;
}

function Steps(props: SectionProps & { rows: readonly IndexRow[] }) {
  const { vault, say } = props;
  const found = useRows(props.rows, vault.kind);
  const rows = found === null || found === "unreadable" ? NO_ROWS : found;
  const { step, go, finish } = useFirstSteps();
  // What is open within a step: a way in, a question for a passphrase.
  const [inner, setInner] = useState<Inner | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isKept = rows.length > 0;
  const shown = step && `${step} ${inner} ${isKept}`;
  const lastShown = useRef<string | null>(null);

  useEffect(() => setInner(null), [step, isKept]);
  useLayoutEffect(() => {
    // Not when the page has just opened, and not where a field has taken the focus by itself.
    const hasMoved = lastShown.current !== null && lastShown.current !== shown;
    lastShown.current = shown;
    const focused = document.activeElement;
    if (hasMoved && (inner === null || focused === document.body)) heading.current?.focus();
  }, [shown]);

  const back = inner !== null ? () => setInner(null) : step === "what" ? null : () => go(-1);
  useEscape(back);

  if (step === null) return null;
  const stepProps = { vault, say, rows, heading, inner, onInner: setInner };
  return (
    <div class="welcome">
      <Progress step={step} />
      <section class="welcome-step" key={step} aria-labelledby="welcome-title">
        {step === "what" && <WhatStep {...stepProps} />}
        {step === "account" && <AccountStep {...stepProps} />}
        {step === "safety" && (
          <SafetyStep {...stepProps} onBack={() => back?.()} onFinish={() => void finish()} />
        )}
        {/* The last one has its own end. */}
        {step !== "safety" && (
          <div class="line wrap welcome-foot">
            {(step === "what" || isKept) && (
              <button type="button" class="button primary" onClick={() => go(1)}>
                {t("action.continue")}
              </button>
            )}
            {step === "account" && !isKept && (
              <button type="button" class="button" onClick={() => go(1)}>
                {t("welcome.skip")}
              </button>
            )}
            {back ? (
              <button type="button" class="button plain" onClick={back}>
                {t("action.back")}
              </button>
            ) : (
              <a class="button plain" href="#/codes">
                {t("welcome.not-now")}
              </a>
            )}
          </div>
        )}
      </section>
    </div>
  );
}
