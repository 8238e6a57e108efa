import * as z from "zod/mini";
import { FIELD_KINDS } from "./form.ts";

/**
 * What the procedures of second factors answer (server/router/mfa.ts), as both sides hold them to it: the device takes
 * nothing else from a server.
 */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
/** Milliseconds since 1970 UTC, as far as there are dates (ECMA-262 section 21.4.1.1): a page could show nothing else. */
export const time = z.int().check(z.gte(-8.64e15), z.lte(8.64e15));
const words = z.strictObject({ en: z.string(), "zh-CN": z.string() });
const strength = z.enum(["strong", "weak"]);

const form = z.array(
  z.strictObject({
    name: z.string(),
    kind: z.enum(FIELD_KINDS),
    label: words,
    hint: z.nullable(words),
    longest: z.int(),
  }),
);

/** A kind of factor that the person may set up. */
const moduleSchema = z.strictObject({
  id: z.string(),
  names: words,
  strength,
  isSpare: z.boolean(),
  /** Whether one of them is enough to sign in: those that are strong, and weak ones by the server's policy. */
  countsForSignIn: z.boolean(),
  setUpForm: form,
  proofForm: form,
});
export type OfferedModule = z.infer<typeof moduleSchema>;

/** To be written down as they are: capital letters, digits, and dashes between them. */
const codes = z.readonly(
  z.array(z.string().check(z.maxLength(40), z.regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/))).check(z.maxLength(100)),
);

const shown = z.readonly(
  z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("totp-secret"),
        secret: z.string().check(z.maxLength(512), z.regex(/^[A-Z2-7]+$/)),
        // A page of ours draws it to be scanned: nothing else is to be scanned there.
        uri: z.string().check(z.maxLength(16_384), z.regex(/^otpauth:\/\/totp\/[!-~]+$/)),
        ...{ svg: z.string(), dataUrl: z.string() },
      }),
      z.strictObject({ kind: z.literal("recovery-codes"), codes }),
      z.strictObject({ kind: z.literal("codes-left"), left: z.int() }),
      z.strictObject({
        kind: z.literal("credential"),
        for: z.enum(["create", "get"]),
        options: z.string(),
      }),
      z.strictObject({
        kind: z.literal("sent"),
        to: z.string().check(z.maxLength(300), z.regex(/^\P{Cc}*$/u)),
        until: time,
      }),
      z.strictObject({ kind: z.literal("note"), words }),
    ]),
  ),
);

const because = <const R extends string>(...reasons: R[]) => z.strictObject({ reason: z.enum(reasons) });
const business = z.strictObject({
  ...{ code: z.int(), errcode: z.string(), model: z.string(), reason: z.string(), type: z.string() },
});

/** Why not, in place of what was asked for: a refusal here often says more than a word. */
const notDone = z.strictObject({
  refused: z.union([
    because("sign-in-again", "factor-needed", "factor-again", "factor-missing"),
    because("wrong-code", "used-code", "challenge-over", "malformed", "not-reached", "wrong-credential"),
    because("no-such-factor", "no-such-module", "needs-another", "already-bound", "too-many"),
    because("last-factor", "factor-required"),
    z.strictObject({ reason: z.enum(["clock-off", "wait"]), seconds: z.int() }),
    z.strictObject({ reason: z.literal("business"), said: business }),
  ]),
});

const factor = z.strictObject({
  ...{ id, module: z.string() },
  /** What its person calls it; null: nothing, and whoever shows it says what its kind is called in their language. */
  name: z.nullable(z.string()),
  status: z.enum(["verified", "unverified"]),
  /** null: its module is switched off, or not for this person any more; then the factor counts for nothing. */
  strength: z.nullable(strength),
  ...{ isSpare: z.boolean(), countsForSignIn: z.boolean() },
  ...{ madeAt: time, usedAt: z.nullable(time) },
});
export type ListedFactor = z.infer<typeof factor>;

/** What signing in still wants of a session; null: nothing. */
export const lack = z.nullable(z.enum(["sign-in-again", "factor-needed", "factor-again", "factor-missing"]));

const reset = z.strictObject({ askedAt: time, dueAt: time });
const level = z.enum(["aal1", "aal2"]);
const asked = z.union([z.strictObject({ factorId: id, challengeId: id, until: time, shown }), notDone]);
/** What a right answer gives: the session's next token first of all. */
const verified = z.union([
  z.strictObject({ token, device: z.nullable(token), shown, isNew: z.boolean() }),
  notDone,
]);

const activity = z.strictObject({
  ...{ id, at: time, userId: id, byUser: z.nullable(id) },
  ...{ what: z.string(), module: z.nullable(z.string()), name: z.nullable(z.string()) },
});
/** Something that was done about somebody's factors. `byUser`: null: whoever runs the server, on its command line. */
export type FactorActivity = z.infer<typeof activity>;

export const MFA_ANSWERS = {
  modules: z.strictObject({ modules: z.array(moduleSchema), recommended: z.nullable(z.string()) }),
  enroll: asked,
  challenge: asked,
  verify: verified,
  challengeAndVerify: verified,
  unenroll: z.union([z.strictObject({ factorId: id }), notDone]),
  rename: z.null(),
  listFactors: z.strictObject({
    all: z.array(factor),
    byModule: z.record(z.string(), z.array(factor)),
  }),
  getAuthenticatorAssuranceLevel: z.strictObject({
    currentLevel: level,
    nextLevel: level,
    currentAuthenticationMethods: z.array(z.strictObject({ method: z.string(), timestamp: time })),
    /** For everything that devices do all day; null: nothing. */
    lacks: lack,
    /** Until when the person may do without a factor; null: none is wanted of them. */
    dueAt: z.nullable(time),
    reset: z.nullable(reset),
    /** Whether the person is one of the server's administrators, who may reset the factors of others. */
    isAdministrator: z.boolean(),
  }),
  askReset: reset,
  finishReset: z.null(),
  cancelReset: z.null(),
  resetFactors: z.strictObject({ removed: z.int() }),
  activity: z.array(activity),
};
