import { useState } from "preact/hooks";
import type { FactorSession } from "../../../servers/factor-session.ts";
import type { Challenge, FactorLevel, Verified } from "../../../servers/factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { factorNames } from "../../../ui/factor-list-text.ts";
import { formatDateTime, ofLanguage, t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { AnswerFactor } from "./answer-factor.tsx";
import type { Choice } from "./choose-factor.ts";

/** Which factor is being shown, and what was asked of each, so that whoever comes back to one is sent no fresh message. */
export type Asked = { readonly factorId: string | null; readonly challenges: ReadonlyMap<string, Challenge> };

/**
 * One factor of those that can be shown, with the way to another one, and to what is left where all are lost.
 *
 * @param props.asked is kept by whoever draws this, for when it is drawn again
 */
export function ShowOne(props: {
  session: FactorSession;
  /** The best one first; at least one. */
  choices: readonly Choice[];
  reset: FactorLevel["reset"];
  asked: Asked;
  onAsked: (change: (before: Asked) => Asked) => void;
  onShown: (verified: Verified) => void;
  onLost: () => void;
  onCancel: () => void;
}) {
  const { session, choices, reset, asked, onAsked } = props;
  const host = hostOf(session.origin);
  const [isChoosing, setChoosing] = useState(false);
  const choice = choices.find(({ factor }) => factor.id === asked.factorId) ?? choices[0];
  const others = choices.filter((other) => other !== choice);
  const isStuck = !choices.some(({ isPossible }) => isPossible);
  if (choice === undefined) return null;
  const names = factorNames(
    choices.map(({ factor }) => factor),
    choices.map(({ module }) => module),
  );
  const nameOf = ({ factor }: Choice) => names.get(factor.id) ?? "";
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
          <p class="dim">{namedText(choice, nameOf(choice))}</p>
          <AnswerFactor
            key={choice.factor.id}
            session={session}
            factorId={choice.factor.id}
            module={choice.module}
            begun={asked.challenges.get(choice.factor.id) ?? null}
            onBegun={(challenge) =>
              // The one that is drawn first may be another one when this is drawn again; whoever has chosen one meanwhile keeps it.
              onAsked(({ factorId, challenges }) => ({
                factorId: factorId ?? challenge.factorId,
                challenges: new Map([...challenges, [challenge.factorId, challenge]]),
              }))
            }
            action={t("factors.step.go-on")}
            onShown={props.onShown}
            onCancel={props.onCancel}
          />
        </>
      )}
      {(isChoosing || isStuck) && (
        <>
          <p>{t("factors.step.which")}</p>
          <Others
            choices={isStuck ? choices : others}
            nameOf={nameOf}
            host={host}
            onChoose={(factorId) => {
              onAsked((before) => ({ ...before, factorId }));
              setChoosing(false);
            }}
          />
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

/** What else there is. The keyboard goes on at the first one that can be used here. */
function Others(props: {
  choices: readonly Choice[];
  nameOf: (choice: Choice) => string;
  host: string;
  onChoose: (factorId: string) => void;
}) {
  const first = useFocus<HTMLButtonElement>();
  const possible = props.choices.find(({ isPossible }) => isPossible);
  return (
    <ul class="plain-list">
      {props.choices.map((other) => {
        const name = props.nameOf(other);
        const about = aboutText(other, name, props.host);
        return (
          <li key={other.factor.id} class="line wrap">
            <div class="grow">
              <strong>{name}</strong>
              {about !== null && <div class="small dim">{about}</div>}
            </div>
            {other.isPossible && (
              <button
                ref={other === possible ? first : null}
                type="button"
                class="button"
                aria-label={t("factors.step.use-named", { name })}
                onClick={() => props.onChoose(other.factor.id)}
              >
                {t("factors.step.use")}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What it is called, and what it is where the name does not say it. */
function namedText({ factor, module }: Choice, name: string): string {
  const kind = ofLanguage(module.names);
  return factor.name === null || name === kind ? name : t("factors.step.shows", { name, kind });
}

/** Why it can't be used here, else what it is; null: its name says that. */
function aboutText({ factor, module, isPossible }: Choice, name: string, host: string): string | null {
  if (!isPossible) return t("factors.passkey.firefox", { host });
  const kind = ofLanguage(module.names);
  return factor.name === null || name === kind ? null : kind;
}
