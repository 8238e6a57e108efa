import * as z from "zod/mini";
import { type ListedFactor, MFA_ANSWERS } from "../../shared/mfa/answers.ts";
import type { Context } from "../context.ts";
import { beginChallenge, type Caller } from "../mfa/flow/challenge.ts";
import { enroll } from "../mfa/flow/enroll.ts";
import { listFactors } from "../mfa/flow/list-factors.ts";
import { renameFactor } from "../mfa/flow/rename.ts";
import { readReset } from "../mfa/flow/reset.ts";
import { unenroll } from "../mfa/flow/unenroll.ts";
import { verifyFactor } from "../mfa/flow/verify.ts";
import { countsForSignIn, modulesFor } from "../mfa/mfa.ts";
import { listMethods } from "../mfa/standing/session-methods.ts";
import { dueAt, lackOf, levelsOf } from "../mfa/standing/standing.ts";
import type { Session } from "../sessions/session.ts";
import { assuredProcedure, refused, router, signingInProcedure, within } from "../trpc.ts";
import { id, token } from "./fields.ts";
import { input, languages, moduleId, ownName } from "./mfa-fields.ts";
import { resetProcedures } from "./mfa-reset.ts";

/** A few in a life. */
const SET_UPS = { burst: 20, perMinute: 1 };
const NAMES = { burst: 20, perMinute: 1 };

const answer = {
  factorId: id,
  proof: input,
  languages,
  /** The token that the device is remembered by; null: none. */
  device: z.nullable(token),
};

/** Second factors, by the names of Supabase's API where it has one (docs/mfa.md). */
export const mfaRouter = router({
  /** The kinds that the person may set up, in the sequence in which they are offered. */
  modules: signingInProcedure.output(MFA_ANSWERS.modules).query(({ ctx }) => ({
    modules: modulesFor(ctx.mfa, ctx.session.email).map((module) => ({
      ...{ id: module.id, names: module.names, strength: module.strength, isSpare: module.isSpare },
      countsForSignIn: countsForSignIn(ctx.mfa, module.id, ctx.session.email),
      setUpForm: [...module.setUpForm],
      proofForm: [...module.proofForm],
    })),
    recommended: ctx.mfa.policy.recommended,
  })),

  enroll: assuredProcedure("change-factors")
    .input(z.strictObject({ module: moduleId, name: ownName, input, languages }))
    .output(MFA_ANSWERS.enroll)
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `mfa-enroll ${ctx.session.userId}`, SET_UPS);
      return saying(await enroll(ctx.db, ctx.mfa, callerOf(ctx, input.languages), input, ctx.now));
    }),

  challenge: signingInProcedure
    .input(z.strictObject({ factorId: id, languages }))
    .output(MFA_ANSWERS.challenge)
    .mutation(async ({ ctx, input }) => {
      const caller = callerOf(ctx, input.languages);
      return saying(await beginChallenge(ctx.db, ctx.mfa, caller, input.factorId, ctx.now));
    }),

  verify: signingInProcedure
    .input(z.strictObject({ ...answer, challengeId: id }))
    .output(MFA_ANSWERS.verify)
    .mutation(async ({ ctx, input }) =>
      saying(await verifyFactor(ctx.db, ctx.mfa, callerOf(ctx, input.languages), input, ctx.now)),
    ),

  /** Both at once, for factors that have nothing to show in between: an authenticator, recovery codes. */
  challengeAndVerify: signingInProcedure
    .input(z.strictObject(answer))
    .output(MFA_ANSWERS.challengeAndVerify)
    .mutation(async ({ ctx, input }) => {
      const caller = callerOf(ctx, input.languages);
      const begun = await beginChallenge(ctx.db, ctx.mfa, caller, input.factorId, ctx.now);
      if (!begun.ok) return { refused: begun.error };
      const { challengeId } = begun.value;
      return saying(await verifyFactor(ctx.db, ctx.mfa, caller, { ...input, challengeId }, ctx.now));
    }),

  /** `evenLast`: whether the person knows that the password alone lets in from then on. */
  unenroll: assuredProcedure("change-factors")
    .input(z.strictObject({ factorId: id, evenLast: z.boolean(), languages: z._default(languages, []) }))
    .output(MFA_ANSWERS.unenroll)
    .mutation(async ({ ctx, input }) => {
      const removed = await unenroll(ctx.db, ctx.mfa, callerOf(ctx, input.languages), input, ctx.now);
      return removed.ok ? { factorId: input.factorId } : { refused: removed.error };
    }),

  rename: assuredProcedure("change-factors")
    .input(z.strictObject({ factorId: id, name: ownName, languages: z._default(languages, []) }))
    .output(MFA_ANSWERS.rename)
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `mfa-rename ${ctx.session.userId}`, NAMES);
      if (!(await renameFactor(ctx.db, ctx.mfa, callerOf(ctx, input.languages), input, ctx.now)))
        throw refused("NOT_FOUND", "not-found");
      return null;
    }),

  /** Whole, and by module. */
  listFactors: signingInProcedure.output(MFA_ANSWERS.listFactors).query(async ({ ctx }) => {
    const all = await listFactors(ctx.db, ctx.mfa, ctx.session);
    const byModule: Record<string, ListedFactor[]> = {};
    for (const each of all) byModule[each.module] = [...(byModule[each.module] ?? []), each];
    return { all, byModule };
  }),

  /** The level that the session is at and the highest that its person can reach, and what signing in still wants. */
  getAuthenticatorAssuranceLevel: signingInProcedure
    .output(MFA_ANSWERS.getAuthenticatorAssuranceLevel)
    .query(async ({ ctx }) => {
      const { db, mfa, session, now } = ctx;
      const methods = await listMethods(db, session);
      return {
        ...(await levelsOf(db, mfa, session)),
        currentAuthenticationMethods: [
          ...methods.map(({ module, at }) => ({ method: module, timestamp: at })),
          { method: "password", timestamp: session.signedInAt },
        ],
        lacks: await lackOf(db, mfa, session, "use", now),
        dueAt: await dueAt(db, mfa, session, now),
        reset: await readReset(db, session.userId, now),
        isAdministrator: session.isAdministrator,
      };
    }),

  ...resetProcedures,
});

function callerOf(ctx: Context & { readonly session: Session }, languages: readonly string[]): Caller {
  return { session: ctx.session, address: ctx.address, languages };
}

/** A result as it is sent: what came of it, or why nothing did. */
function saying<T, E>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E },
): T | { refused: E } {
  return result.ok ? result.value : { refused: result.error };
}
