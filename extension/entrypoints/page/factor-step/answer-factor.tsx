import { useEffect, useRef, useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import type { Lack } from "../../../../shared/mfa/refusal.ts";
import { lackNamed } from "../../../servers/api-failure.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import { beginChallenge, type Challenge, type Verified, verify } from "../../../servers/factors.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { language, t } from "../../../ui/i18n.ts";
import { useAct } from "../groups/use-act.ts";
import { FactorForm, type Offer } from "../teams/factor-form.tsx";
import { FactorShown } from "../teams/factor-shown.tsx";
import { askCredential } from "./ask-credential.ts";
import { wantsBrowser } from "./choose-factor.ts";
import { SendAgain } from "./send-again.tsx";
import { Waiting } from "./waiting.tsx";

/**
 * Shows one factor: begins a challenge, which sends the code where there is one to send, and answers it. One that is over is
 * followed by the next.
 *
 * @param props.begun the challenge that was begun for it before; null: none was
 * @param props.onBegun told of each further one, for whoever comes back here
 * @param props.onLack asks for what the session has to show first; where it is left out, a sentence says so
 */
export function AnswerFactor(props: {
  session: FactorSession;
  factorId: string;
  module: OfferedModule;
  begun: Challenge | null;
  onBegun?: (challenge: Challenge) => void;
  action: string;
  onShown: (verified: Verified) => void;
  onCancel: () => void;
  cancelText?: string;
  offer?: Offer | undefined;
  onLack?: (lack: Lack) => void;
}) {
  const { session, factorId, module, begun } = props;
  const host = hostOf(session.origin);
  const act = useAct<FactorRefusal>();
  const [challenge, setChallenge] = useState(begun);
  const latest = useRef(begun);
  const keep = (next: Challenge) => {
    latest.current = next;
    setChallenge(next);
    props.onBegun?.(next);
  };
  const begin = () => act.run(() => beginChallenge(session, factorId, [language()]), keep);
  useEffect(() => {
    if (begun === null) begin();
  }, [factorId]);
  const asking = useRef<AbortController | null>(null);
  // Whoever goes on otherwise is asked for a passkey no longer, or the browser would refuse to ask the next time.
  useEffect(() => () => asking.current?.abort(), []);
  const askAnew = () => {
    asking.current?.abort();
    asking.current = new AbortController();
    return askCredential(session.origin, latest.current?.shown ?? [], asking.current.signal);
  };
  const isAsked = wantsBrowser(module);
  const isSent = challenge?.shown.some(({ kind }) => kind === "sent") ?? false;

  const answerOnce = (input: Input) => {
    if (latest.current === null) throw Error("nothing was asked");
    return verify(session, latest.current, { form: module.proofForm, input }, [language()]);
  };
  const answer = async (input: Input): Promise<string | null> => {
    let verified = await answerOnce(input);
    if (!verified.ok && isOver(verified.error)) {
      const next = await beginChallenge(session, factorId, [language()]);
      if (!next.ok) return factorRefusalText(next.error, host);
      keep(next.value);
      // What was for the question that is over is no answer to the next one; a code of an authenticator may be.
      if (isSent) return t("factors.refused.sent-another");
      if (isAsked) return t("factors.set-up.new-challenge");
      verified = await answerOnce(input);
    }
    if (!verified.ok) {
      const lack = typeof verified.error === "string" ? lackNamed(verified.error) : undefined;
      if (lack === undefined || !props.onLack) return factorRefusalText(verified.error, host, module.isSpare);
      props.onLack(lack);
      return null;
    }
    props.onShown(verified.value);
    return null;
  };
  if (challenge === null)
    return <Waiting refusal={act.refusal} host={host} onRetry={begin} onCancel={props.onCancel} />;
  return (
    <div class="stack tight">
      <FactorForm
        key={factorId}
        form={module.proofForm}
        action={isAsked ? t("factors.set-up.passkey-action") : props.action}
        credential={askAnew}
        onSubmit={(input) => answer(input).catch(() => factorRefusalText("failed", host))}
        onCancel={props.onCancel}
        cancelText={props.cancelText}
        offer={props.offer}
      >
        <FactorShown shown={challenge.shown.filter(isOfMessage)} of={{ host, email: session.email }} />
      </FactorForm>
      {isSent && <SendAgain key={challenge.challengeId} isBusy={act.busy} onAgain={begin} />}
      {act.refusal !== null && (
        <p class="problem" role="alert">
          {factorRefusalText(act.refusal, host)}
        </p>
      )}
    </div>
  );
}

/** Where a message went, which is said again with each one; the rest of what setting up shows is shown once. */
export function isOfMessage({ kind }: Challenge["shown"][number]): boolean {
  return kind === "sent" || kind === "note";
}

function isOver(refusal: FactorRefusal): boolean {
  return typeof refusal === "object" && "reason" in refusal && refusal.reason === "challenge-over";
}
