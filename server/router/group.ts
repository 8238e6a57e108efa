import { TRPCError, tracked } from "@trpc/server";
import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { MOST_MEMBERS } from "../../shared/group/action.ts";
import { can } from "../../shared/group/permissions.ts";
import { MOST_RECORD_BYTES } from "../../shared/group/record.ts";
import type { Member } from "../../shared/group/state.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/open.ts";
import { watchHeads } from "../events/watch-heads.ts";
import { type AppendRefusal, appendLink } from "../groups/append.ts";
import { appendAgain } from "../groups/append-again.ts";
import { moveCounter } from "../groups/moved-counter.ts";
import { MOST_RECORDS_TOLD, readNews } from "../groups/news.ts";
import { quotaOf, type Stager } from "../groups/quota.ts";
import { MOST_LINKS, readHeads, readLinks, readRecords, readRotation, readSeal } from "../groups/read.ts";
import { reserveCounter } from "../groups/reserve-counter.ts";
import { stageRecords, stageRotation } from "../groups/stage.ts";
import { findMember } from "../groups/state.ts";
import { takingFromRate } from "../limits/rate-limit.ts";
import { findSession, type Session } from "../sessions/session.ts";
import { groupProcedure, refused, router, sessionProcedure, within } from "../trpc.ts";
import { wantAssuredForMembership } from "./assured-membership.ts";
import { base64url, bytesOf, count, groupId, hash, id, link } from "./fields.ts";

/** So many ciphertexts at once: together they stay below what a request may be long. */
const MOST_AT_ONCE = 50;
/** In more groups than that is nobody; what is new of others is asked for by itself. */
const MOST_ASKED_ABOUT = 200;
/** What a group of fifty people writes in a week; a request ends at 1.5 MB. */
const MOST_LINKS_AGAIN = 3_000;
/** A person at work stays far below; a stolen token can't fill the disk. */
const WRITES = { burst: 600, perMinute: 120 };
/** Each verifies up to thousands of signatures. */
const AGAIN = { burst: 20, perMinute: 2 };
/** A code is used by hand. */
const COUNTERS = { burst: 60, perMinute: 30 };
/** A number goes so far and further; an entry's counter starts at nought. */
const MOST_COUNTER = 2 ** 52;

const sealsInput = z
  .array(z.strictObject({ user: id, sealed: base64url(128) }))
  .check(z.maxLength(MOST_MEMBERS));

const CODES: Partial<Record<AppendRefusal, TRPCError["code"]>> = {
  conflict: "CONFLICT",
  held: "CONFLICT",
  "too-often": "TOO_MANY_REQUESTS",
  "log-full": "PAYLOAD_TOO_LARGE",
  "too-many-groups": "PAYLOAD_TOO_LARGE",
};

export const groupRouter = router({
  heads: sessionProcedure
    .output(z.array(z.strictObject({ g: groupId, n: count, head: hash })))
    .query(({ ctx }) => readHeads(ctx.db, ctx.session.userId)),

  /**
   * The same with what is new since. Nothing is changed by it: it is no query because browsers ask each address first
   * whether an extension may, and one that has what is asked for in it is another one each time.
   */
  news: sessionProcedure
    .input(
      z.strictObject({
        since: z.array(z.strictObject({ g: groupId, from: count })).check(z.maxLength(MOST_ASKED_ABOUT)),
      }),
    )
    .output(
      z.array(
        z.strictObject({
          ...{ g: groupId, n: count, head: hash },
          links: z.array(link).check(z.maxLength(MOST_LINKS)),
          records: z
            .array(z.strictObject({ h: hash, ciphertext: z.string() }))
            .check(z.maxLength(MOST_RECORDS_TOLD)),
        }),
      ),
    )
    .mutation(async ({ ctx, input }) => {
      const from = new Map(input.since.map((each) => [each.g, each.from]));
      const news = await readNews(ctx.db, ctx.session.userId, from);
      return news.map(({ g, n, head, links, records }) => ({
        ...{ g, n, head, links: [...links] },
        records: records.map(({ h, ciphertext }) => ({ h, ciphertext: bytesToBase64url(ciphertext) })),
      }));
    }),

  append: sessionProcedure
    .input(z.strictObject({ link, seals: sealsInput }))
    .output(z.strictObject({ n: count, head: hash }))
    .mutation(async ({ ctx, input }) => {
      await wantAssuredForMembership(ctx, [input.link]);
      const seals = input.seals.map(({ user, sealed }) => ({ user, sealed: bytesOf(sealed) }));
      const count = (db: Database) => takingFromRate(db, `write ${ctx.session.userId}`, WRITES, ctx.now);
      const appended = await appendLink(
        ctx.db,
        { link: input.link, seals, by: ctx.session.userId },
        ctx.now,
        { count, quota: ctx.config.quota },
      );
      if (!appended.ok) throw refused(CODES[appended.error] ?? "FORBIDDEN", appended.error);
      const { core, members } = appended.value;
      ctx.bus.publish({ g: core.g, users: members.map((member) => member.id) });
      return { n: core.n, head: core.head };
    }),

  /** Links that were here before the database was put back to a backup: whoever has them may bring them. */
  appendAgain: sessionProcedure
    .input(
      z.strictObject({
        links: z.array(link).check(z.minLength(1), z.maxLength(MOST_LINKS_AGAIN)),
        seals: sealsInput,
      }),
    )
    .output(z.strictObject({ n: count, head: hash }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `again ${ctx.session.userId}`, AGAIN);
      await wantAssuredForMembership(ctx, input.links);
      const seals = input.seals.map(({ user, sealed }) => ({ user, sealed: bytesOf(sealed) }));
      const appended = await appendAgain(
        ctx.db,
        { links: input.links, seals, by: ctx.session.userId },
        ctx.now,
        ctx.config.quota,
      );
      if (!appended.ok) throw refused(CODES[appended.error] ?? "FORBIDDEN", appended.error);
      const { core, users } = appended.value;
      ctx.bus.publish({ g: core.g, users });
      return { n: core.n, head: core.head };
    }),

  /**
   * Says that a group has another head, for whoever then asks for what is new: no event carries more than that. It breaks
   * off where the server stops or they are in one group less, to be begun anew, and ends where they are signed out.
   */
  watch: sessionProcedure
    .input(z.optional(z.strictObject({ lastEventId: z.optional(z.string().check(z.maxLength(64))) })))
    .subscription(async function* ({ ctx, input, signal }) {
      const { db, bus, session, token } = ctx;
      const isSignedIn = async () => token !== null && (await findSession(db, token, Date.now())) !== null;
      const after = input?.lastEventId ?? null;
      const watched = watchHeads({ db, bus, userId: session.userId, isSignedIn, after, signal });
      for (;;) {
        const { value, done } = await watched.next();
        if (done) throw brokenOff(value);
        yield tracked(value.id, value.data);
      }
    }),

  log: groupProcedure("read-log")
    .input(z.strictObject({ g: groupId, from: count }))
    .output(z.array(link).check(z.maxLength(MOST_LINKS)))
    .query(({ ctx, input }) => readLinks(ctx.db, input.g, input.from)),

  rotation: groupProcedure("read-log")
    .input(z.strictObject({ g: groupId, epoch: count, h: hash }))
    .output(z.nullable(z.string()))
    .query(async ({ ctx, input }) => {
      const list = await readRotation(ctx.db, input.g, input.epoch, input.h);
      return list && bytesToBase64url(list);
    }),

  seal: groupProcedure("use-codes")
    .input(z.strictObject({ g: groupId, epoch: count }))
    .output(z.nullable(z.string()))
    .query(async ({ ctx, input }) => {
      const sealed = await readSeal(ctx.db, input.g, input.epoch, ctx.session.userId);
      return sealed && bytesToBase64url(sealed);
    }),

  records: groupProcedure("use-codes")
    .input(z.strictObject({ g: groupId, hashes: z.array(hash).check(z.maxLength(MOST_AT_ONCE)) }))
    .output(z.array(z.strictObject({ h: hash, ciphertext: z.string() })))
    .query(async ({ ctx, input }) => {
      const records = await readRecords(ctx.db, input.g, input.hashes);
      return records.map(({ h, ciphertext }) => ({ h, ciphertext: bytesToBase64url(ciphertext) }));
    }),

  /** The next counter of a record whose codes are counted: nobody else gets it. */
  reserveCounter: groupProcedure("use-codes")
    .input(z.strictObject({ g: groupId, record: id, atLeast: count.check(z.lte(MOST_COUNTER)) }))
    .output(z.strictObject({ counter: count }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `count ${ctx.session.userId}`, COUNTERS);
      const mayJump = can(ctx.member.role, "change-records");
      const reserved = await reserveCounter(ctx.db, { ...input, mayJump, userId: ctx.session.userId });
      if (!reserved.ok) throw refused("FORBIDDEN", reserved.error);
      return { counter: reserved.value };
    }),

  /** Makes a counter go on as that of a record in another group of the same person: where two of one person become one. */
  moveCounter: groupProcedure("change-records")
    .input(z.strictObject({ g: groupId, record: id, to: z.strictObject({ g: groupId, record: id }) }))
    .output(z.strictObject({ last: z.nullable(count) }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `write ${ctx.session.userId}`, WRITES);
      const { to, ...from } = input;
      if ((await findMember(ctx.db, to.g, ctx.session.userId)) === null)
        throw refused("FORBIDDEN", "not-found");
      const moved = await moveCounter(ctx.db, from, to, ctx.session.userId);
      if (!moved.ok) throw refused("FORBIDDEN", moved.error);
      return { last: moved.value };
    }),

  stageRecords: groupProcedure("change-records")
    .input(
      z.strictObject({
        g: groupId,
        ciphertexts: z.array(base64url(MOST_RECORD_BYTES)).check(z.minLength(1), z.maxLength(MOST_AT_ONCE)),
      }),
    )
    .output(z.array(hash))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `write ${ctx.session.userId}`, WRITES);
      const stager = stagerOf(ctx, input.g);
      const staged = await stageRecords(ctx.db, stager, input.ciphertexts.map(bytesOf), ctx.now);
      if (!staged.ok) throw refused("PAYLOAD_TOO_LARGE", staged.error);
      return [...staged.value];
    }),

  stageRotation: groupProcedure("rotate")
    .input(z.strictObject({ g: groupId, epoch: count, list: base64url(1024 * 1024) }))
    .output(hash)
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `write ${ctx.session.userId}`, WRITES);
      const { g, epoch } = input;
      const rotation = { ...stagerOf(ctx, g), epoch, list: bytesOf(input.list) };
      const staged = await stageRotation(ctx.db, rotation, ctx.now);
      if (!staged.ok) throw refused("PAYLOAD_TOO_LARGE", staged.error);
      return staged.value;
    }),
});

function stagerOf(
  { session, member, config }: { session: Session; member: Member; config: Config },
  g: string,
): Stager {
  return { g, userId: session.userId, quota: quotaOf(member.role, config.quota) };
}

/** How a stream says why it is over. What is aborted ends without a word, and is begun anew by whoever reads it. */
function brokenOff(why: "signed-out" | "too-many" | "come-again"): Error {
  if (why === "signed-out") return new TRPCError({ code: "UNAUTHORIZED" });
  if (why === "too-many") return refused("TOO_MANY_REQUESTS", why);
  return new DOMException("to be begun anew", "AbortError");
}
