import { useRef, useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import {
  beginChallenge,
  beginSetUp,
  type Challenge,
  removeFactor,
  type Verified,
  verify,
} from "../../../servers/factors.ts";
import { rememberAuthenticator } from "../../../servers/own-factors.ts";
import { language } from "../../../ui/i18n.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { type Act, useAct } from "../groups/use-act.ts";
import { draftOf } from "./draft-of.ts";
import { inOwnSession } from "./own-session.ts";

/** A factor that was begun and is not proven yet. */
export type Begun = {
  readonly factorId: string;
  /** Shown this once, when it was begun. */
  readonly shown: Challenge["shown"];
  /** That which is to be answered now. */
  readonly challenge: Challenge;
  /** What an authenticator makes of it; null: it is none. */
  readonly draft: EntryDraft | null;
};

/** Setting up one factor, from its first step to its first proof. */
export function useSetUp(serverId: string, module: OfferedModule, name: string) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [entryId, setEntryId] = useState<string | null>(null);
  const act = useAct<FactorRefusal>();
  const challenge = useRef<Challenge | null>(null);

  const begin = (input: Input) =>
    act.run(
      () => inOwnSession(serverId, (session) => beginSetUp(session, module, { name, input }, [language()])),
      (first) => {
        const draft = draftOf(first.shown);
        challenge.current = first;
        setBegun({ factorId: first.factorId, shown: first.shown, challenge: first, draft });
        // A help for later: whoever is not told of it has lost nothing.
        if (draft !== null) void rememberAuthenticator(serverId, first.factorId, draft).catch(() => {});
      },
    );
  /** A new question in the place of one that is over, or whose message never came. */
  const ask = async (session: FactorSession): Promise<Result<Challenge, FactorRefusal>> => {
    const factorId = challenge.current?.factorId ?? "";
    const asked = await beginChallenge(session, factorId, [language()]);
    if (!asked.ok) return asked;
    challenge.current = asked.value;
    setBegun((before) => before && { ...before, challenge: asked.value });
    return asked;
  };
  const answer = (session: FactorSession, input: Input) => {
    if (challenge.current === null) throw Error("nothing was begun");
    return verify(session, challenge.current, { form: module.proofForm, input }, [language()]);
  };
  return {
    begun,
    act: act as Act<FactorRefusal | "failed">,
    isKept: entryId !== null,
    keptAs: setEntryId,
    begin,
    askAgain: () =>
      act.run(
        () => inOwnSession(serverId, ask),
        () => {},
      ),
    /** Answers what is asked; where that is over, what is asked then. */
    prove: (input: Input): Promise<Result<Verified, FactorRefusal>> =>
      inOwnSession(serverId, async (session) => {
        const proven = await answer(session, input);
        if (proven.ok || !isOver(proven.error)) return proven;
        const asked = await ask(session);
        return asked.ok ? answer(session, input) : asked;
      }),
    /** Nothing stays of it here or there. @returns whether an account that was kept for it is in the trash now */
    async giveUp(): Promise<boolean> {
      const factorId = challenge.current?.factorId;
      if (factorId !== undefined)
        // Where it is not heard, what is not proven goes there by itself within the hour.
        void inOwnSession(serverId, (session) => removeFactor(session, factorId, false)).catch(() => {});
      if (entryId === null) return false;
      await moveToTrash([entryId], Date.now());
      return true;
    },
  };
}

function isOver(refusal: FactorRefusal): boolean {
  return typeof refusal === "object" && "reason" in refusal && refusal.reason === "challenge-over";
}
