import * as z from "zod/mini";
import { MFA_ANSWERS } from "../../shared/mfa/answers.ts";
import { askReset, cancelReset, finishReset, resetFactors } from "../mfa/flow/reset.ts";
import { listActivity } from "../mfa/notices/activity.ts";
import { assuredProcedure, refused, sessionProcedure, signingInProcedure, within } from "../trpc.ts";
import { id } from "./fields.ts";
import { signature } from "./user-keys.ts";

/** Once in a while; each verifies a signature. */
const RESETS = { burst: 10, perMinute: 1 };

/** What is left when every factor is lost, and what was done about factors. */
export const resetProcedures = {
  /** `proof`: by the recovery kit (factorResetContext). */
  askReset: signingInProcedure
    .input(z.strictObject({ proof: signature }))
    .output(MFA_ANSWERS.askReset)
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `mfa-reset ${ctx.session.userId}`, RESETS);
      const { serverId } = ctx.secret;
      const asked = await askReset(ctx.db, ctx.mfa, ctx.session, { ...input, serverId }, ctx.now);
      if (!asked.ok) throw refused("FORBIDDEN", asked.error);
      return asked.value;
    }),

  finishReset: signingInProcedure
    .input(z.strictObject({ proof: signature }))
    .output(MFA_ANSWERS.finishReset)
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `mfa-reset ${ctx.session.userId}`, RESETS);
      const { serverId } = ctx.secret;
      const done = await finishReset(ctx.db, ctx.mfa, ctx.session, { ...input, serverId }, ctx.now);
      if (!done.ok) throw refused("FORBIDDEN", done.error);
      return null;
    }),

  cancelReset: sessionProcedure.output(MFA_ANSWERS.cancelReset).mutation(async ({ ctx }) => {
    if (!(await cancelReset(ctx.db, ctx.mfa, ctx.session, ctx.now))) throw refused("NOT_FOUND", "not-found");
    return null;
  }),

  /** For administrators of the server who have a strong factor of their own: takes all of somebody's factors away. */
  resetFactors: assuredProcedure("change-factors")
    .input(z.strictObject({ userId: id }))
    .output(MFA_ANSWERS.resetFactors)
    .mutation(async ({ ctx, input }) => {
      const { session } = ctx;
      if (!session.isAdministrator) throw refused("FORBIDDEN", "rank");
      // Who takes away what keeps others' accounts from whoever has their passwords has to show more than a password.
      if (session.strongAt === null) throw refused("FORBIDDEN", "factor-missing");
      await within(ctx, `mfa-reset ${session.userId}`, RESETS);
      const done = await resetFactors(ctx.db, ctx.mfa, { userId: input.userId, by: session.userId }, ctx.now);
      if (!done.ok) throw refused("NOT_FOUND", done.error);
      return done.value;
    }),

  activity: sessionProcedure.output(MFA_ANSWERS.activity).query(async ({ ctx }) => {
    const rows = await listActivity(ctx.db, ctx.session.userId);
    return rows.map(({ user_id, by_user, ...row }) => ({ ...row, userId: user_id, byUser: by_user }));
  }),
};
