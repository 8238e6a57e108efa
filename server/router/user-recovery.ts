import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { lack } from "../../shared/mfa/answers.ts";
import { normalizeEmail } from "../normalize-email.ts";
import { publicProcedure, refused, within } from "../trpc.ts";
import { openRecovery, recover, startRecovery } from "../users/recover.ts";
import { bytesOf, email, id, opaqueMessage, token } from "./fields.ts";
import { lackOfNew } from "./lack-of-new.ts";
import { BY_ADDRESS, BY_PERSON } from "./rates.ts";
import { bundle, key, signature, version, wrap } from "./user-keys.ts";

/** Getting in again with the kit, when the password or every device is lost. */
export const recoveryProcedures = {
  startRecovery: publicProcedure
    .input(z.strictObject({ email }))
    .output(z.strictObject({ round: token, challenge: token }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `recovery ${ctx.address}`, BY_ADDRESS);
      await within(ctx, `recovery ${normalizeEmail(input.email)}`, BY_PERSON);
      return startRecovery(ctx.db, input, ctx.now);
    }),

  openRecovery: publicProcedure
    .input(z.strictObject({ round: token, proof: signature, request: opaqueMessage }))
    .output(
      z.strictObject({
        round: token,
        userId: id,
        loginId: id,
        ver: version,
        bundle: z.string(),
        wrappedByKit: z.string(),
        response: opaqueMessage,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `open-recovery ${ctx.address}`, BY_ADDRESS);
      const opened = await openRecovery(ctx.db, ctx.secret, input, ctx.now);
      if (!opened.ok) throw refused("UNAUTHORIZED", opened.error);
      return {
        ...opened.value,
        bundle: bytesToBase64url(opened.value.bundle),
        wrappedByKit: bytesToBase64url(opened.value.wrappedByKit),
      };
    }),

  recover: publicProcedure
    .input(
      z.strictObject({
        round: token,
        record: opaqueMessage,
        recovery: key,
        wrappedByPassword: wrap,
        wrappedByKit: wrap,
        bundle,
        ver: version,
        proof: signature,
      }),
    )
    .output(z.strictObject({ token, userId: id, lacks: lack }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `recover ${ctx.address}`, BY_ADDRESS);
      const bytes = {
        wrappedByPassword: bytesOf(input.wrappedByPassword),
        wrappedByKit: bytesOf(input.wrappedByKit),
        bundle: bytesOf(input.bundle),
      };
      const recovered = await recover(ctx.db, ctx.secret, { ...input, ...bytes }, ctx.now);
      if (!recovered.ok)
        throw refused(recovered.error === "conflict" ? "CONFLICT" : "UNAUTHORIZED", recovered.error);
      return { ...recovered.value, lacks: await lackOfNew(ctx, recovered.value.token) };
    }),
};
