import { useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import { canShowPasskeys } from "../../../platform/server-passkey.ts";
import { type FactorRefusal, isAboutTyped } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import {
  beginChallenge,
  beginSetUp,
  type Challenge,
  takeBack,
  type Verified,
} from "../../../servers/factors.ts";
import { rememberOnceConnected } from "../../../servers/own-factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { language, t } from "../../../ui/i18n.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { codeNow, draftOf } from "../factors/draft-of.ts";
import { KeepHere } from "../factors/keep-here.tsx";
import { useAct } from "../groups/use-act.ts";
import { FactorForm } from "../teams/factor-form.tsx";
import { FactorShown } from "../teams/factor-shown.tsx";
import { AnswerFactor, isOfMessage } from "./answer-factor.tsx";
import { wantsBrowser } from "./choose-factor.ts";
import type { StepFacts } from "./factor-step.tsx";
import { FirstKind } from "./first-kind.tsx";

/** Sets up a factor where the server wants one and the person has none that counts, before anything else goes on. */
export function FirstFactor(props: {
  session: FactorSession;
  facts: StepFacts;
  onSetUp: (verified: Verified) => void;
  onCancel: () => void;
}) {
  const { session, facts } = props;
  const host = hostOf(session.origin);
  const offered = facts.modules.filter(
    (module) => !module.isSpare && module.countsForSignIn && (canShowPasskeys() || !wantsBrowser(module)),
  );
  const [module, setModule] = useState<OfferedModule | null>(null);
  const [begun, setBegun] = useState<Challenge | null>(null);
  /** Of the account that was kept for it; null: none was. */
  const [entryId, setEntryId] = useState<string | null>(null);
  const draft = begun === null ? null : draftOf(begun.shown);
  const act = useAct<FactorRefusal>();
  /** What was begun before this was drawn, as where the page was loaded again half-way, and is taken back by now. */
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const unfinishedOf = ({ id }: OfferedModule) =>
    facts.factors.find(
      (factor) => factor.module === id && factor.status === "unverified" && !dropped.includes(factor.id),
    );
  /** Where it is not heard, it stays in the list of the person's factors, as one that is not finished. @returns whether it is gone */
  const drop = (factorId: string) => {
    setDropped((before) => [...before, factorId]);
    return takeBack(session, factorId, [language()]).then(
      (taken) => taken.ok && taken.value === "gone",
      () => false,
    );
  };
  const begin = (chosen: OfferedModule, input: Input) => {
    const before = unfinishedOf(chosen);
    act.run(async () => {
      if (before !== undefined) await drop(before.id);
      return beginSetUp(session, chosen, { name: null, input }, [language()]);
    }, setBegun);
  };
  const goOn = (chosen: OfferedModule, factorId: string) =>
    act.run(
      () => beginChallenge(session, factorId, [language()]),
      (challenge) => {
        setModule(chosen);
        setBegun(challenge);
      },
    );
  const choose = (chosen: OfferedModule) => {
    setModule(chosen);
    if (chosen.setUpForm.length === 0) begin(chosen, {});
  };
  const back = () => {
    // Nothing that was begun here stays at the server; what was there before can still be gone on with.
    const wasBefore = facts.factors.some(({ id }) => id === begun?.factorId);
    if (begun !== null && !wasBefore)
      void drop(begun.factorId).then(async (isGone) => {
        // The server may have taken an answer that never came back: then it asks for this account.
        if (isGone && entryId !== null) await moveToTrash([entryId], Date.now());
      });
    setEntryId(null);
    setModule(null);
    setBegun(null);
  };
  const isAtField = isAboutTyped(act.refusal);
  const refused = act.refusal !== null && (
    <p class="problem" role="alert">
      {factorRefusalText(act.refusal, host)}
    </p>
  );
  if (module !== null && begun !== null)
    return (
      <div class="stack tight">
        <FactorShown
          shown={begun.shown.filter((each) => !isOfMessage(each))}
          of={{ host, email: session.email }}
        >
          {draft !== null && <KeepHere draft={draft} isKept={entryId !== null} onKept={setEntryId} />}
        </FactorShown>
        <AnswerFactor
          {...{ session, module, begun }}
          factorId={begun.factorId}
          action={t("factors.set-up.prove")}
          offer={
            draft !== null && entryId !== null
              ? { label: t("factors.keep.fill"), text: () => codeNow(draft) }
              : undefined
          }
          onShown={(verified) => {
            if (draft !== null) rememberOnceConnected(session.serverId, begun.factorId, draft);
            props.onSetUp(verified);
          }}
          onCancel={back}
          cancelText={t("factors.step.back")}
        />
      </div>
    );
  if (module !== null && module.setUpForm.length > 0)
    return (
      <div class="stack tight">
        <FactorForm
          form={module.setUpForm}
          action={t("factors.set-up.begin")}
          busyText={t("factors.set-up.beginning")}
          busy={act.busy}
          refused={isAtField && act.refusal !== null ? factorRefusalText(act.refusal, host) : null}
          onSubmit={async (input) => {
            begin(module, input);
            return null;
          }}
          onCancel={back}
          cancelText={t("factors.step.back")}
        />
        {!isAtField && refused}
      </div>
    );
  return (
    <div class="stack tight">
      <p>{t(offered.length === 0 ? "factors.step.none-possible" : "factors.step.first", { host })}</p>
      <ul class="plain-list factor-kinds">
        {offered.map((each) => (
          <FirstKind
            key={each.id}
            module={each}
            isRecommended={each.id === facts.recommended}
            unfinished={unfinishedOf(each)}
            host={host}
            isBusy={act.busy}
            onChoose={() => choose(each)}
            onGoOn={(factorId) => goOn(each, factorId)}
          />
        ))}
      </ul>
      {!canShowPasskeys() && facts.modules.some(wantsBrowser) && (
        <p class="small dim">{t("factors.passkey.firefox")}</p>
      )}
      {refused}
      <div>
        <button type="button" class="button plain" disabled={act.busy} onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </div>
  );
}
