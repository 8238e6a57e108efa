import { useEffect, useId, useState } from "preact/hooks";
import type { ListedFactor, OfferedModule } from "../../../../shared/mfa/answers.ts";
import { ok, type Result } from "../../../../shared/result.ts";
import { canShowPasskeys } from "../../../platform/server-passkey.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import {
  type FactorLevel,
  listFactors,
  listModules,
  readLevel,
  type Verified,
} from "../../../servers/factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { factorNames } from "../../../ui/factor-list-text.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { formatList, t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { useAct } from "../groups/use-act.ts";
import { FactorShown } from "../teams/factor-shown.tsx";
import { type Choice, choicesOf } from "./choose-factor.ts";
import { FirstFactor } from "./first-factor.tsx";
import { LostFactors } from "./lost-factors.tsx";
import { type Asked, ShowOne } from "./show-one.tsx";
import { Waiting } from "./waiting.tsx";

/** How deep the heading of a step is. */
export type StepLevel = 2 | 3;

/** What the server says before a factor is asked for. */
export type StepFacts = {
  readonly factors: readonly ListedFactor[];
  readonly modules: readonly OfferedModule[];
  readonly recommended: string | null;
  readonly level: FactorLevel;
};

/**
 * The step in which a second factor is shown, wherever it is wanted: which one, the form that its kind describes, and what is left
 * where all of them are lost. Where the person has none and has to, one is set up.
 *
 * @param props.isForChange a strong one is wanted, where there is one
 * @param props.level of its heading, under that of what it is drawn in; 3 by default
 * @param props.isWholeOnly the step is done when the session lacks nothing any more, not with any factor
 */
export function FactorStep(props: {
  session: FactorSession;
  isForChange: boolean;
  isWholeOnly: boolean;
  level?: StepLevel | undefined;
  onShown: () => void;
  onCancel: () => void;
}) {
  const { session, onCancel } = props;
  const host = hostOf(session.origin);
  const [facts, setFacts] = useState<StepFacts | null>(null);
  const [shown, setShown] = useState<Verified["shown"]>([]);
  const [isLost, setLost] = useState(false);
  const [asked, setAsked] = useState<Asked>(NOTHING_ASKED);
  const act = useAct<FactorRefusal>();
  const titleId = useId();
  // As long as the server is asked there is nothing else that could have the focus; the field takes it then.
  const title = useFocus<HTMLHeadingElement>();
  const Title = `h${props.level ?? 3}` as const;
  const look = () => act.run(() => readFacts(session), setFacts);
  useEffect(look, []);
  /** What was shown may not be all that the server wants. */
  const settle = () => {
    if (!props.isWholeOnly) return props.onShown();
    act.run(
      () => readFacts(session),
      (now) => {
        if (now.level.lacks === null) return props.onShown();
        setLost(false);
        // What was answered is no question any more; until that is known, nothing else is begun in its place.
        setAsked(NOTHING_ASKED);
        setFacts(now);
      },
    );
  };
  const take = (verified: Verified) => {
    // How many recovery codes are left is said before everything else goes on.
    const said = verified.shown.filter(({ kind }) => kind !== "credential");
    if (said.length > 0) setShown(said);
    else settle();
  };
  const choices =
    facts === null
      ? []
      : choicesOf(facts.factors, facts.modules, {
          isForChange: props.isForChange,
          hasPasskeys: canShowPasskeys(),
          recommended: facts.recommended,
        });
  const tooWeak = facts === null || !props.isForChange ? [] : namesOfTooWeak(facts, choices);
  const draw = () => {
    if (shown.length > 0)
      return (
        <div class="stack tight">
          <FactorShown shown={shown} of={{ host, email: session.email }} />
          <div>
            <button
              type="button"
              class="button primary"
              onClick={() => {
                setShown([]);
                settle();
              }}
            >
              {t("factors.step.go-on")}
            </button>
          </div>
        </div>
      );
    if (facts === null)
      return <Waiting refusal={act.refusal} host={host} onRetry={look} onCancel={onCancel} />;
    if (isLost)
      return (
        <LostFactors
          session={session}
          reset={facts.level.reset}
          onGone={settle}
          level={(props.level ?? 3) + 1}
          onBack={() => {
            setLost(false);
            // What was asked for there is said from now on.
            look();
          }}
          onCancel={onCancel}
        />
      );
    if (choices.length === 0)
      return <FirstFactor session={session} facts={facts} onSetUp={take} onCancel={onCancel} />;
    return (
      <ShowOne
        session={session}
        choices={choices}
        reset={facts.level.reset}
        asked={asked}
        onAsked={setAsked}
        onShown={take}
        onLost={() => setLost(true)}
        onCancel={onCancel}
      />
    );
  };
  return (
    <section class="stack tight" aria-labelledby={titleId} aria-busy={act.busy}>
      <Title id={titleId} ref={title} tabIndex={-1}>
        {t("factors.step.title", { host })}
      </Title>
      {/* Whoever has none yet is told so instead, and to set one up; whoever has shown it, what came of that. */}
      {props.isWholeOnly && choices.length > 0 && shown.length === 0 && (
        <p>{t("factors.step.after-passphrase")}</p>
      )}
      {tooWeak.length > 0 && choices.length > 0 && (
        <p>{t("factors.step.strong-only", { names: formatList(tooWeak) })}</p>
      )}
      {draw()}
      {facts !== null && act.refusal !== null && (
        <p class="problem" role="alert">
          {factorRefusalText(act.refusal, host)}
        </p>
      )}
    </section>
  );
}

const NOTHING_ASKED: Asked = { factorId: null, challenges: new Map() };

/** What those are called with which the person can sign in, and which are no choice here. */
function namesOfTooWeak({ factors, modules }: StepFacts, choices: readonly Choice[]): string[] {
  const names = factorNames(factors, modules);
  return factors
    .filter(({ id, countsForSignIn }) => countsForSignIn && !choices.some(({ factor }) => factor.id === id))
    .flatMap(({ id }) => names.get(id) ?? []);
}

async function readFacts(session: FactorSession): Promise<Result<StepFacts, FactorRefusal>> {
  const [offered, factors, level] = await Promise.all([
    listModules(session),
    listFactors(session),
    readLevel(session),
  ]);
  if (!offered.ok) return offered;
  if (!factors.ok) return factors;
  if (!level.ok) return level;
  return ok({ ...offered.value, factors: factors.value, level: level.value });
}
