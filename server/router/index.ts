import { server } from "@serenity-kit/opaque";
import * as z from "zod/mini";
import { PROTOCOL } from "../../shared/protocol.ts";
import { readGeneration } from "../db/generation.ts";
import { publicProcedure, router } from "../trpc.ts";
import { groupRouter } from "./group.ts";
import { invitationRouter } from "./invitation.ts";
import { mfaRouter } from "./mfa.ts";
import { userRouter } from "./user.ts";

export const appRouter = router({
  /** What a device looks at before it sends anything: whether this is the server that its code names. */
  hello: publicProcedure
    .output(
      z.strictObject({
        product: z.literal("countersign"),
        protocol: z.int(),
        serverId: z.string(),
        staticKey: z.string(),
        /** How often a backup was put in the database's place: a device that knew a lower one says so. */
        generation: z.int(),
      }),
    )
    .query(async ({ ctx }) => ({
      product: "countersign" as const,
      protocol: PROTOCOL,
      serverId: ctx.secret.serverId,
      staticKey: server.getPublicKey(ctx.secret.opaqueSetup),
      generation: await readGeneration(ctx.db),
    })),
  user: userRouter,
  group: groupRouter,
  invitation: invitationRouter,
  mfa: mfaRouter,
});

export type AppRouter = typeof appRouter;
