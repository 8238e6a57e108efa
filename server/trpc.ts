import { initTRPC, TRPCError } from "@trpc/server";
import * as z from "zod/mini";
import type { Act } from "../shared/group/assurance.ts";
import { can, type Permission } from "../shared/group/permissions.ts";
import type { Context } from "./context.ts";
import { findMember } from "./groups/state.ts";
import { type Rate, takeFromRate } from "./limits/rate-limit.ts";
import { lackOf } from "./mfa/standing/standing.ts";
import { findSession, type Session } from "./sessions/session.ts";

const t = initTRPC.context<Context>().create({
  sse: {
    // A connection that is quiet may be dead: what is in between gives it up, and neither side is told.
    ping: { enabled: true, intervalMs: 20_000 },
    client: { reconnectAfterInactivityMs: 50_000 },
    maxDurationMs: 60 * 60_000,
  },
  // Nothing of an error goes out but its code and our own reason.
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.cause instanceof Refusal ? error.cause.reason : error.code,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus },
  }),
});

export const { router } = t;

/** For anybody. */
export const publicProcedure = t.procedure;

/** For whoever has given the password, and may have to show more before they are signed in. */
export const signingInProcedure = t.procedure.use(async ({ ctx, next }) => {
  const session = ctx.token === null ? null : await findSession(ctx.db, ctx.token, ctx.now);
  if (session === null) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { ...ctx, session } });
});

/** For whoever has shown what that act wants of a session (shared/group/assurance.ts). */
export function assuredProcedure(act: Act) {
  return signingInProcedure.use(async ({ ctx, next }) => {
    await wantAssured(ctx, act);
    return next();
  });
}

/** For whoever is signed in. */
export const sessionProcedure = assuredProcedure("use");

/** For members of the group that the input names, with that permission. Whoever is no member learns nothing of the group. */
export function groupProcedure(permission: Permission) {
  return sessionProcedure.input(z.object({ g: z.string() })).use(async ({ ctx, input, next }) => {
    const member = await findMember(ctx.db, input.g, ctx.session.userId);
    if (member === null) throw new TRPCError({ code: "NOT_FOUND" });
    if (!can(member.role, permission)) throw refused("FORBIDDEN", "rank");
    return next({ ctx: { ...ctx, member } });
  });
}

/** The same, for those of them who have shown what that act wants of a session. */
export function assuredGroupProcedure(permission: Permission, act: Act) {
  return groupProcedure(permission).use(async ({ ctx, next }) => {
    await wantAssured(ctx, act);
    return next();
  });
}

/** Refuses, with what is missing, a session that has not shown what an act wants. */
export async function wantAssured(ctx: Context & { readonly session: Session }, act: Act): Promise<void> {
  const lack = await lackOf(ctx.db, ctx.mfa, ctx.session, act, ctx.now);
  if (lack !== null) throw refused("FORBIDDEN", lack);
}

/** Refuses where somebody asks too often. */
export async function within(ctx: Context, name: string, rate: Rate): Promise<void> {
  if (!(await takeFromRate(ctx.db, name, rate, ctx.now))) throw refused("TOO_MANY_REQUESTS", "too-often");
}

/** A reason of ours, which is sent to whoever asked. */
class Refusal extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** An error with a reason that the extension has words for. */
export function refused(code: TRPCError["code"], reason: string): TRPCError {
  return new TRPCError({ code, cause: new Refusal(reason) });
}
