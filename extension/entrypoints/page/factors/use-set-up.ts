import { useState } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import { ok } from "../../../../shared/result.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import type { FactorSession } from "../../../servers/factor-session.ts";
import { beginChallenge, beginSetUp, type Challenge, takeBack } from "../../../servers/factors.ts";
import { accountsOf, rememberAuthenticator } from "../../../servers/own-factors.ts";
import { language } from "../../../ui/i18n.ts";
import { readEntry } from "../../../vault/entries.ts";
import { moveToTrash } from "../../../vault/trash.ts";
import { type Act, useAct } from "../groups/use-act.ts";
import { draftOf } from "./draft-of.ts";
import { inOwnSession } from "./own-session.ts";

/** A factor that was begun and is not proven yet. */
export type Begun = {
  readonly session: FactorSession;
  readonly challenge: Challenge;
  /** What an authenticator makes of it; null: it is none, or its secret was shown before and is not here. */
  readonly draft: EntryDraft | null;
};

/**
 * Beginning to set up one factor, or going on with one that was begun, keeping it here too, and giving it up.
 *
 * @param name what it is called; null: by its kind, in the language of whoever reads it
 */
export function useSetUp(serverId: string, module: OfferedModule, name: string | null) {
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
    /** Goes on with one that was begun before. What was shown then is not shown again; it may have been kept here. */
    goOn: (factorId: string) =>
      act.run(
        () =>
          inOwnSession(serverId, async (session) => {
            const next = await beginChallenge(session, factorId, [language()]);
            return next.ok
              ? ok({ session, challenge: next.value, ...(await keptFor(serverId, factorId)) })
              : next;
          }),
        ({ session, challenge, id, draft }) => {
          setEntryId(id);
          setBegun({ session, challenge, draft });
        },
      ),
    /**
     * Nothing stays of it here or there; where the server is not heard, or says that it was proven meanwhile, all of it stays: an
     * account that it may ask for is put away by nobody.
     *
     * @returns whether an account that was kept for it is in the trash now
     */
    async giveUp(): Promise<boolean> {
      if (begun === null) return false;
      const taken = await takeBack(begun.session, begun.challenge.factorId, [language()]);
      if (!taken.ok || taken.value === "proven" || entryId === null) return false;
      await moveToTrash([entryId], Date.now());
      return true;
    },
  };
}

async function keptFor(serverId: string, factorId: string) {
  const [id] = await accountsOf(serverId, factorId);
  const entry = id === undefined ? null : await readEntry(id);
  return id !== undefined && entry?.ok ? { id, draft: entry.value } : { id: null, draft: null };
}
