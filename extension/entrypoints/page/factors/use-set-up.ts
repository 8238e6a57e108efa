import { useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import { ok } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import { beginSetUp, type Challenge, removeFactor } from "../../../servers/factors.ts";
import { rememberAuthenticator } from "../../../servers/own-factors.ts";
import { language } from "../../../ui/i18n.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { type Act, useAct } from "../groups/use-act.ts";
import { draftOf } from "./draft-of.ts";
import { inOwnSession } from "./own-session.ts";

/** A factor that was begun and is not proven yet. */
export type Begun = {
  readonly session: FactorSession;
  readonly challenge: Challenge;
  /** What an authenticator makes of it; null: it is none. */
  readonly draft: EntryDraft | null;
};

/** Beginning to set up one factor, keeping it here too, and giving it up. */
export function useSetUp(serverId: string, module: OfferedModule, name: string) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [entryId, setEntryId] = useState<string | null>(null);
  const act: Act<FactorRefusal | "failed"> = useAct<FactorRefusal>();
  return {
    begun,
    act,
    isKept: entryId !== null,
    keptAs: setEntryId,
    begin: (input: Input) =>
      act.run(
        () =>
          inOwnSession(serverId, async (session) => {
            const first = await beginSetUp(session, module, { name, input }, [language()]);
            return first.ok ? ok({ session, challenge: first.value }) : first;
          }),
        ({ session, challenge }) => {
          const draft = draftOf(challenge.shown);
          setBegun({ session, challenge, draft });
          // A help for later: whoever is not told of it has lost nothing.
          if (draft !== null) void rememberAuthenticator(serverId, challenge.factorId, draft).catch(() => {});
        },
      ),
    /** Nothing stays of it here or there. @returns whether an account that was kept for it is in the trash now */
    async giveUp(): Promise<boolean> {
      if (begun !== null)
        // Where it is not heard, what is not proven goes there by itself within the hour.
        void removeFactor(begun.session, begun.challenge.factorId, false, [language()]).catch(() => {});
      if (entryId === null) return false;
      await moveToTrash([entryId], Date.now());
      return true;
    },
  };
}
