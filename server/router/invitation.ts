import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { can } from "../../shared/group/permissions.ts";
import type { Context } from "../context.ts";
import { MOST_LINKS, readLinks, readRotation } from "../groups/read.ts";
import { findMember } from "../groups/state.ts";
import { acceptInvitation, countWaiting, pendingAcceptances } from "../invitations/accept.ts";
import { listInvitations, offerInvitation, removeInvitation } from "../invitations/offer.ts";
import { groupOfInvitation, readInvitation } from "../invitations/open.ts";
import type { Session } from "../sessions/session.ts";
import {
  assuredGroupProcedure,
  assuredProcedure,
  groupProcedure,
  refused,
  router,
  sessionProcedure,
  within,
} from "../trpc.ts";
import { base64url, base64urlOf, count, groupId, hash, link, id as userId } from "./fields.ts";

/** More than anybody invites, and than anybody needs to read what they were sent. */
const OFFERS = { burst: 50, perMinute: 2 };
const TRIES = { burst: 60, perMinute: 10 };

const id = base64urlOf(16);
const sealed = z.strictObject({ ciphertext: base64url(4 * 1024), sig: base64urlOf(64) });
const acceptance = { id, body: base64url(4 * 1024), mac: base64urlOf(32), pop: base64urlOf(64) };
const time = count;

export const invitationRouter = router({
  offer: assuredGroupProcedure("invite", "invite")
    .input(z.strictObject({ id, g: groupId, until: time, sealed, registration: hash }))
    .output(z.null())
    .mutation(async ({ ctx, input: { sealed, ...same } }) => {
      await within(ctx, `offer ${ctx.session.userId}`, OFFERS);
      const offered = await offerInvitation(ctx.db, { ...same, ...sealed, by: ctx.session.userId }, ctx.now);
      if (!offered.ok) throw refused("FORBIDDEN", offered.error);
      return null;
    }),

  /** What the holder of a code is offered. */
  read: sessionProcedure
    .input(z.strictObject({ id }))
    .output(sealed)
    .query(async ({ ctx, input }) => {
      const { ciphertext, sig } = await offerTo(ctx, input.id);
      return { ciphertext, sig };
    }),

  /** The log that an offer has to be held against, before anything is accepted. */
  log: sessionProcedure
    .input(z.strictObject({ id, from: count }))
    .output(z.array(link).check(z.maxLength(MOST_LINKS)))
    .query(async ({ ctx, input }) => readLinks(ctx.db, (await offerTo(ctx, input.id)).g, input.from)),

  rotation: sessionProcedure
    .input(z.strictObject({ id, epoch: count, h: hash }))
    .output(z.nullable(z.string()))
    .query(async ({ ctx, input }) => {
      const { g } = await offerTo(ctx, input.id);
      const list = await readRotation(ctx.db, g, input.epoch, input.h);
      return list && bytesToBase64url(list);
    }),

  accept: assuredProcedure("accept-invitation")
    .input(z.strictObject(acceptance))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `accept ${ctx.session.userId}`, TRIES);
      const accepted = await acceptInvitation(ctx.db, ctx.session.userId, input, ctx.now);
      if (!accepted.ok) throw noInvitation();
      return null;
    }),

  /** So that their devices keep the keys by which those groups will know them. */
  waiting: sessionProcedure.output(z.strictObject({ waiting: count })).query(async ({ ctx }) => ({
    waiting: await countWaiting(ctx.db, ctx.session.userId, ctx.now),
  })),

  list: groupProcedure("invite")
    .input(z.strictObject({ g: groupId }))
    .output(z.array(z.strictObject({ id, by: userId, until: time, isAccepted: z.boolean() })))
    .query(({ ctx, input }) => listInvitations(ctx.db, input.g, ctx.now)),

  pending: groupProcedure("invite")
    .input(z.strictObject({ g: groupId }))
    .output(z.array(z.strictObject(acceptance)))
    .query(({ ctx, input }) => pendingAcceptances(ctx.db, input.g)),

  revoke: sessionProcedure
    .input(z.strictObject({ id }))
    .output(z.null())
    .mutation(({ ctx, input }) => takeAway(ctx, input.id)),

  /** Whoever accepted is a member now, or has been turned down: what they sent is kept no longer. */
  done: sessionProcedure
    .input(z.strictObject({ id }))
    .output(z.null())
    .mutation(({ ctx, input }) => takeAway(ctx, input.id)),
});

type Caller = Context & { readonly session: Session };

/** One answer for all there might be to say: it was never there, it is over, it is somebody else's. */
function noInvitation() {
  return refused("NOT_FOUND", "no-invitation");
}

async function offerTo(ctx: Caller, invitation: string) {
  await within(ctx, `read invitation ${ctx.session.userId}`, TRIES);
  const offer = await readInvitation(ctx.db, invitation, ctx.session.userId, ctx.now);
  if (offer === null) throw noInvitation();
  return offer;
}

async function takeAway(ctx: Caller, invitation: string): Promise<null> {
  const g = await groupOfInvitation(ctx.db, invitation);
  const member = g && (await findMember(ctx.db, g, ctx.session.userId));
  if (!member || !can(member.role, "invite")) throw noInvitation();
  if (!(await removeInvitation(ctx.db, invitation))) throw noInvitation();
  return null;
}
