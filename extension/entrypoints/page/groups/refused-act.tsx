import { t } from "../../../ui/i18n.ts";
import { isWorthOpening } from "../../../ui/server-text.ts";
import { LackingFactor } from "../factor-step/lacking-factor.tsx";
import type { SectionProps } from "../section-props.ts";
import { SignInAgain } from "../teams/sign-in-again.tsx";
import type { Act } from "./use-act.ts";
import type { GroupServer } from "./use-server.ts";

/**
 * Why an act was refused. Where the server wants the passphrase or a second factor first it is asked for here, and the act goes
 * on by itself afterwards.
 *
 * @param props.words the sentence for a refusal by a host
 */
export function RefusedAct<Refusal>(props: {
  act: Pick<Act<Refusal>, "refusal" | "again">;
  words: (refusal: Refusal, host: string) => string;
  server: GroupServer;
  say: SectionProps["say"];
}) {
  const { act, server } = props;
  const { refusal } = act;
  if (refusal === null) return null;
  // What the person has stopped went as they wanted.
  const isProblem = refusal !== "stopped" && refusal !== "key-stopped";
  const needsPassphrase = refusal === "sign-in-again" || refusal === "signed-out";
  const needsFactor = refusal === "factor-needed" || refusal === "factor-again";
  const needsFirst = refusal === "factor-missing";
  return (
    <div class="stack tight">
      <p class={isProblem && !needsPassphrase && !needsFactor ? "problem" : ""} role="alert">
        {props.words(refusal, server.host)}
      </p>
      {isWorthOpening(refusal) && (
        <p>
          <a href={`${server.origin}/health`} target="_blank" rel="noreferrer">
            {t("teams.open-address", { host: server.host })}
          </a>
        </p>
      )}
      {needsPassphrase && <SignInAgain server={server} say={props.say} isForChange onDone={act.again} />}
      {needsFactor && <LackingFactor server={server} isForChange onShown={act.again} />}
      {needsFirst && (
        <div>
          <a class="button" href={`#/factors?of=${encodeURIComponent(server.id)}`}>
            {t("factors.access.set-up")}
          </a>
        </div>
      )}
    </div>
  );
}
