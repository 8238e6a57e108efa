import * as z from "zod/mini";
import { lack } from "../../shared/mfa/answers.ts";
import { giveToRate } from "../limits/rate-limit.ts";
import { shownBefore } from "../mfa/standing/remembered-device.ts";
import { normalizeEmail } from "../normalize-email.ts";
import { publicProcedure, refused, router, within } from "../trpc.ts";
import { finishRegistration, startRegistration } from "../users/register.ts";
import { finishSignIn, startSignIn } from "../users/sign-in.ts";
import { bytesOf, email, id, opaqueMessage, token } from "./fields.ts";
import { lackOfNew } from "./lack-of-new.ts";
import { BY_ADDRESS, BY_PERSON } from "./rates.ts";
import { bundle, key, keyProcedures, signature, wrap } from "./user-keys.ts";
import { recoveryProcedures } from "./user-recovery.ts";
import { sessionProcedures } from "./user-sessions.ts";

/** `lacks`: what signing in still wants of the session before anything else may be done with it. */
const signedIn = z.strictObject({ token, userId: id, lacks: lack });

export const userRouter = router({
  startRegistration: publicProcedure
    .input(z.strictObject({ token, request: opaqueMessage }))
    .output(
      z.strictObject({
        userId: id,
        loginId: id,
        serverId: id,
        email: z.nullable(email),
        response: opaqueMessage,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `register ${ctx.address}`, BY_ADDRESS);
      const started = await startRegistration(ctx.db, ctx.secret, input, ctx.now);
      if (!started.ok) throw refused("FORBIDDEN", started.error);
      return started.value;
    }),

  finishRegistration: publicProcedure
    .input(
      z.strictObject({
        token,
        email,
        record: opaqueMessage,
        sig: key,
        enc: key,
        recovery: key,
        bundle,
        wrappedByPassword: wrap,
        wrappedByKit: wrap,
        proof: signature,
      }),
    )
    .output(z.strictObject({ userId: id }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `register ${ctx.address}`, BY_ADDRESS);

      const bytes = {
        bundle: bytesOf(input.bundle),
        wrappedByPassword: bytesOf(input.wrappedByPassword),
        wrappedByKit: bytesOf(input.wrappedByKit),
      };
      const made = await finishRegistration(ctx.db, ctx.secret, { ...input, ...bytes }, ctx.now);
      if (!made.ok) throw refused("FORBIDDEN", made.error);
      return made.value;
    }),

  startSignIn: publicProcedure
    .input(z.strictObject({ email, request: opaqueMessage }))
    .output(z.strictObject({ round: id, loginId: id, response: opaqueMessage }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `sign-in ${ctx.address}`, BY_ADDRESS);
      await within(ctx, `sign-in ${normalizeEmail(input.email)}`, BY_PERSON);
      const started = await startSignIn(ctx.db, ctx.secret, input, ctx.now);
      if (!started.ok) throw refused("BAD_REQUEST", started.error);
      return started.value;
    }),

  finishSignIn: publicProcedure
    .input(
      z.strictObject({
        ...{ round: id, loginId: id, finish: opaqueMessage },
        /** The token that the device is remembered by, where a factor was shown on it before. */
        device: z.optional(z.nullable(token)),
      }),
    )
    .output(signedIn)
    .mutation(async ({ ctx, input: { device = null, ...input } }) => {
      const { address } = ctx;
      const factorShown = async (user: { userId: string; email: string }) =>
        device === null ? null : shownBefore(ctx.db, ctx.mfa, { ...user, device, address }, ctx.now);
      const asked = { ...input, before: ctx.token, factorShown };
      const finished = await finishSignIn(ctx.db, ctx.secret, asked, ctx.now);
      if (!finished.ok) throw refused("UNAUTHORIZED", finished.error);
      const { token, userId, email: theirs } = finished.value;
      // Guessing is what is limited: whoever knows the password may give it as often as something asks for it.
      await giveToRate(ctx.db, `sign-in ${normalizeEmail(theirs)}`, BY_PERSON);
      return { token, userId, lacks: await lackOfNew(ctx, token) };
    }),

  ...sessionProcedures,
  ...keyProcedures,
  ...recoveryProcedures,
});
