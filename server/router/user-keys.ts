import * as z from "zod/mini";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { MOST_BUNDLE_BYTES } from "../../shared/identity/bundle.ts";
import { WRAP_BYTES } from "../../shared/identity/wrap.ts";
import { tell } from "../mfa/notices/tell.ts";
import { assuredProcedure, refused, sessionProcedure, within } from "../trpc.ts";
import { readBundle } from "../users/bundle.ts";
import { changeEmail } from "../users/change-email.ts";
import {
  finishPasswordChange,
  replaceBundle,
  replaceKit,
  startPasswordChange,
} from "../users/change-keys.ts";
import { replaceKeys } from "../users/replace-keys.ts";
import { base64url, bytesOf, email, id, opaqueMessage } from "./fields.ts";

export const bundle = base64url(MOST_BUNDLE_BYTES);
export const wrap = base64url(WRAP_BYTES);
export const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
export const signature = z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/));
export const version = z.int().check(z.positive());

const next = { bundle, ver: version, proof: signature };

/** Somebody's own keys change by hand, and a few times in a life. */
const KEY_CHANGES = { burst: 10, perMinute: 1 };
/** Bundles are replaced as groups are joined and left. */
const BUNDLES = { burst: 60, perMinute: 10 };
/** Whether an address is taken is answered to members, five times and then once an hour: nobody goes through a list. */
const ADDRESSES = { burst: 5, perMinute: 1 / 60 };

/** What somebody does to their own keys and address, while they are signed in. */
export const keyProcedures = {
  bundle: assuredProcedure("read-key-bundle")
    .output(z.strictObject({ ver: z.int(), bundle: z.string(), wrappedByPassword: z.string() }))
    .query(async ({ ctx }) => {
      const read = await readBundle(ctx.db, ctx.session.userId);
      return {
        ver: read.ver,
        bundle: bytesToBase64url(read.bundle),
        wrappedByPassword: bytesToBase64url(read.wrappedByPassword),
      };
    }),

  /**
   * The bundle alone, for a device that has its key already: which groups there are is told by one device to another this
   * way. Without the wraps, which `bundle` gives to whoever has just shown that it is they, it is of no use to anybody.
   */
  latestBundle: sessionProcedure
    .output(z.strictObject({ ver: z.int(), bundle: z.string() }))
    .query(async ({ ctx }) => {
      const { ver, bundle } = await readBundle(ctx.db, ctx.session.userId);
      return { ver, bundle: bytesToBase64url(bundle) };
    }),

  replaceBundle: sessionProcedure
    .input(z.strictObject(next))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `bundle ${ctx.session.userId}`, BUNDLES);
      const replaced = await replaceBundle(ctx.db, ctx.session, { ...input, bundle: bytesOf(input.bundle) });
      if (!replaced.ok) throw refusedChange(replaced.error);
      return null;
    }),

  startPasswordChange: assuredProcedure("change-own-keys")
    .input(z.strictObject({ request: opaqueMessage }))
    .output(z.strictObject({ loginId: id, response: opaqueMessage }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `keys ${ctx.session.userId}`, KEY_CHANGES);
      const started = await startPasswordChange(ctx.db, ctx.secret, ctx.session, input.request);
      if (!started.ok) throw refused("BAD_REQUEST", started.error);
      return started.value;
    }),

  finishPasswordChange: assuredProcedure("change-own-keys")
    .input(z.strictObject({ ...next, record: opaqueMessage, wrappedByPassword: wrap }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `keys ${ctx.session.userId}`, KEY_CHANGES);
      const bytes = { bundle: bytesOf(input.bundle), wrappedByPassword: bytesOf(input.wrappedByPassword) };
      const changed = await finishPasswordChange(ctx.db, ctx.session, { ...input, ...bytes });
      if (!changed.ok) throw refusedChange(changed.error);
      return null;
    }),

  replaceKit: assuredProcedure("change-own-keys")
    .input(z.strictObject({ ...next, recovery: key, wrappedByPassword: wrap, wrappedByKit: wrap }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `keys ${ctx.session.userId}`, KEY_CHANGES);
      const replaced = await replaceKit(ctx.db, ctx.session, {
        ...input,
        bundle: bytesOf(input.bundle),
        wrappedByPassword: bytesOf(input.wrappedByPassword),
        wrappedByKit: bytesOf(input.wrappedByKit),
      });
      if (!replaced.ok) throw refusedChange(replaced.error);
      return null;
    }),

  replaceKeys: assuredProcedure("change-own-keys")
    .input(
      z.strictObject({
        ...{ ...next, sig: key, enc: key, newProof: signature },
        ...{ recovery: key, wrappedByPassword: wrap, wrappedByKit: wrap },
      }),
    )
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `keys ${ctx.session.userId}`, KEY_CHANGES);
      const replaced = await replaceKeys(ctx.db, ctx.secret, ctx.session, {
        ...input,
        bundle: bytesOf(input.bundle),
        wrappedByPassword: bytesOf(input.wrappedByPassword),
        wrappedByKit: bytesOf(input.wrappedByKit),
      });
      if (!replaced.ok) throw refusedChange(replaced.error);
      return null;
    }),

  changeEmail: assuredProcedure("change-own-keys")
    .input(z.strictObject({ email, proof: signature }))
    .output(z.strictObject({ email }))
    .mutation(async ({ ctx, input }) => {
      await within(ctx, `address ${ctx.session.userId}`, ADDRESSES);
      const changed = await changeEmail(ctx.db, ctx.secret, ctx.session, input);
      if (!changed.ok) throw refused("FORBIDDEN", changed.error);
      const { userId, email: former } = ctx.session;
      // Whoever is signed in as somebody else would have them hear of nothing more.
      if (changed.value.email !== former)
        await tell(
          ctx.db,
          ctx.mfa,
          { userId, email: former, languages: [] },
          { what: "address-changed" },
          ctx.now,
        );
      return changed.value;
    }),
};

function refusedChange(reason: "proof" | "conflict") {
  return refused(reason === "conflict" ? "CONFLICT" : "FORBIDDEN", reason);
}
