import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { endSession, listSessions } from "../sessions/session.ts";
import { assuredProcedure, publicProcedure, refused, router, sessionProcedure, within } from "../trpc.ts";
import { readBundle } from "../users/bundle.ts";
import { finishRegistration, startRegistration } from "../users/register.ts";
import { finishSignIn, normalizeEmail, startSignIn } from "../users/sign-in.ts";
import { base64url, bytesOf, email, id, opaqueMessage, token } from "./fields.ts";

/** As many tries as a person needs who has forgotten which password it was, and no guesser can live on. */
const BY_ADDRESS = { burst: 30, perMinute: 10 };
const BY_PERSON = { burst: 10, perMinute: 1 };

const signedIn = z.strictObject({ token, userId: id });

export const userRouter = router({
  startRegistration: publicProcedure
    .input(z.strictObject({ token, request: opaqueMessage }))
    .output(z.strictObject({ userId: id, loginId: id, serverId: id, response: opaqueMessage }))
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
        sig: base64url(32),
        enc: base64url(32),
        recovery: base64url(32),
        bundle: base64url(16 * 1024),
        wrappedByPassword: base64url(256),
        wrappedByKit: base64url(256),
        proof: base64url(64),
      }),
    )
    .output(z.strictObject({ userId: id }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `register ${ctx.address}`, BY_ADDRESS);
      const { bundle, wrappedByPassword, wrappedByKit, ...same } = input;
      const wrapped = {
        bundle: bytesOf(bundle),
        wrappedByPassword: bytesOf(wrappedByPassword),
        wrappedByKit: bytesOf(wrappedByKit),
      };
      const made = await finishRegistration(ctx.db, ctx.secret, { ...same, ...wrapped }, ctx.now);
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
    .input(z.strictObject({ round: id, loginId: id, finish: opaqueMessage }))
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const finished = await finishSignIn(ctx.db, ctx.secret, input, ctx.now);
      if (!finished.ok) throw refused("UNAUTHORIZED", finished.error);
      return finished.value;
    }),

  bundle: assuredProcedure
    .output(z.strictObject({ ver: z.int(), bundle: z.string(), wrappedByPassword: z.string() }))
    .query(async ({ ctx }) => {
      const { ver, bundle, wrappedByPassword } = await readBundle(ctx.db, ctx.session.userId);
      return {
        ver,
        bundle: bytesToBase64url(bundle),
        wrappedByPassword: bytesToBase64url(wrappedByPassword),
      };
    }),

  sessions: sessionProcedure
    .output(z.array(z.strictObject({ id, madeAt: z.int(), usedAt: z.int(), isThisOne: z.boolean() })))
    .query(async ({ ctx }) => {
      const sessions = await listSessions(ctx.db, ctx.session.userId);
      return sessions.map((each) => ({ ...each, isThisOne: each.id === ctx.session.id }));
    }),

  endSession: sessionProcedure
    .input(z.strictObject({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await endSession(ctx.db, ctx.session.userId, input.id);
      return null;
    }),
});
