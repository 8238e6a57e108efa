import { useState } from "preact/hooks";
import type { FactorSession } from "../../../servers/factor-session.ts";
import type { FactorLevel, Verified } from "../../../servers/factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { formatDateTime, ofLanguage, t } from "../../../ui/i18n.ts";
import { AnswerFactor } from "./answer-factor.tsx";
import type { Choice } from "./choose-factor.ts";

/** One factor of those that can be shown, with the way to another one, and to what is left where all are lost. */
export function ShowOne(props: {
  session: FactorSession;
  /** The best one first; at least one. */
  choices: readonly Choice[];
  reset: FactorLevel["reset"];
  onShown: (verified: Verified) => void;
  onLost: () => void;
  onCancel: () => void;
}) {
  const { session, choices, reset } = props;
  const host = hostOf(session.origin);
  const [chosen, setChosen] = useState<string | null>(choices[0]?.factor.id ?? null);
  const [isChoosing, setChoosing] = useState(false);
  const choice = choices.find(({ factor }) => factor.id === chosen);
  const others = choices.filter(({ factor }) => factor.id !== chosen);
  const isStuck = !choices.some(({ isPossible }) => isPossible);
  if (choice === undefined) return null;
  return (
    <div class="stack tight">
      {reset !== null && (
        <p class="notice boxed warn">
          {t(reset.dueAt <= Date.now() ? "factors.step.reset-due" : "factors.step.reset-pending", {
            host,
            date: formatDateTime(reset.dueAt),
          })}
        </p>
      )}
      {!isChoosing && !isStuck && (
        <>
          <p class="dim">{namedText(choice)}</p>
          <AnswerFactor
            key={choice.factor.id}
            session={session}
            factorId={choice.factor.id}
            module={choice.module}
            begun={null}
            action={t("factors.step.go-on")}
            onShown={props.onShown}
            onCancel={props.onCancel}
          />
        </>
      )}
      {(isChoosing || isStuck) && (
        <>
          <p>{t("factors.step.which")}</p>
          <ul class="plain-list">
            {(isStuck ? choices : others).map((other) => (
              <li key={other.factor.id} class="line wrap">
                <div class="grow">
                  <strong>{nameOf(other)}</strong>
                  {aboutText(other, host) !== null && <div class="small dim">{aboutText(other, host)}</div>}
                </div>
                {other.isPossible && (
                  <button
                    type="button"
                    class="button"
                    aria-label={t("factors.step.use-named", { name: nameOf(other) })}
                    onClick={() => {
                      setChosen(other.factor.id);
                      setChoosing(false);
                    }}
                  >
                    {t("factors.step.use")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="line wrap">
        {!isChoosing && !isStuck && others.length > 0 && (
          <button type="button" class="button plain" onClick={() => setChoosing(true)}>
            {t("factors.step.another")}
          </button>
        )}
        {isChoosing && (
          <button type="button" class="button plain" onClick={() => setChoosing(false)}>
            {t("factors.step.back")}
          </button>
        )}
        <button type="button" class="button plain" onClick={props.onLost}>
          {t(others.length > 0 ? "factors.step.lost-all" : "factors.step.lost-it")}
        </button>
        {(isStuck || isChoosing) && (
          <button type="button" class="button plain" onClick={props.onCancel}>
            {t("action.cancel")}
          </button>
        )}
      </div>
    </div>
  );
}

/** What it is called, and what it is where the name does not say it. */
function namedText(choice: Choice): string {
  const [name, kind] = [nameOf(choice), ofLanguage(choice.module.names)];
  return name === kind ? name : t("factors.step.shows", { name, kind });
}

/** Why it can't be used here, else what it is; null: its name says that. */
function aboutText(choice: Choice, host: string): string | null {
  if (!choice.isPossible) return t("factors.passkey.firefox", { host });
  const kind = ofLanguage(choice.module.names);
  return nameOf(choice) === kind ? null : kind;
}

/** What the person calls it; one that came from a system outside has no name. */
function nameOf({ factor, module }: Choice): string {
  return factor.name === "" ? ofLanguage(module.names) : factor.name;
}
