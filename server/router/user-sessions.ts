import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { MOST_LABEL_BYTES } from "../../shared/identity/device-label.ts";
import { time } from "../../shared/mfa/answers.ts";
import { forgetDevices } from "../mfa/standing/remembered-device.ts";
import { countingFactors } from "../mfa/standing/standing.ts";
import { endSession, labelSession, listSessions } from "../sessions/session.ts";
import { sessionProcedure, signingInProcedure, within } from "../trpc.ts";
import { readSelf } from "../users/self.ts";
import { base64url, bytesOf, email, id } from "./fields.ts";

/** A device says what it is called when it is signed in, and when its person calls it something else. */
const LABELS = { burst: 20, perMinute: 1 };

/** Who is signed in, and on which devices. */
export const sessionProcedures = {
  self: signingInProcedure
    .output(z.strictObject({ userId: id, email, ver: z.int(), madeAt: time }))
    .query(({ ctx }) => readSelf(ctx.db, ctx.session.userId)),

  sessions: sessionProcedure
    .output(
      z.array(
        z.strictObject({
          id,
          madeAt: time,
          usedAt: time,
          label: z.nullable(z.string()),
          isThisOne: z.boolean(),
          lacksFactor: z.boolean(),
        }),
      ),
    )
    .query(async ({ ctx }) => {
      const sessions = await listSessions(ctx.db, ctx.session.userId, ctx.now);
      const { any } = await countingFactors(ctx.db, ctx.mfa, ctx.session);
      return sessions.map(({ label, factorAt, ...each }) => ({
        ...each,
        label: label && bytesToBase64url(label),
        // Perhaps somebody else's, who has the password and no more.
        lacksFactor: any && factorAt === null,
        isThisOne: each.id === ctx.session.id,
      }));
    }),

  labelSession: sessionProcedure
    .input(z.strictObject({ label: base64url(MOST_LABEL_BYTES) }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `label ${ctx.session.userId}`, LABELS);
      await labelSession(ctx.db, ctx.session, bytesOf(input.label));
      return null;
    }),

  endSession: sessionProcedure
    .input(z.strictObject({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      const { userId, id: own } = ctx.session;
      // Perhaps it is a device that is lost: the password and what it is remembered by are not enough there any more.
      if (input.id !== own) await forgetDevices(ctx.db, userId);
      await endSession(ctx.db, userId, input.id);
      return null;
    }),

  signOut: signingInProcedure.output(z.null()).mutation(async ({ ctx }) => {
    await endSession(ctx.db, ctx.session.userId, ctx.session.id);
    return null;
  }),
};
