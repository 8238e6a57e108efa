import { createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import type { Bytes } from "../../../shared/bytes.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Kept, MfaModule, ModuleKind } from "../module.ts";

const MINUTES = 10;
const CHALLENGE_MS = MINUTES * 60_000;
const DIGITS = 6;

/**
 * `address`: to which the codes go, whatever becomes of the account's. `used`: what was kept of the code that was accepted
 * last, so that of two at once one alone is.
 */
const factorSchema = z.strictObject({ address: z.string(), used: z.nullable(z.string()) });
type Factor = z.infer<typeof factorSchema>;

/** `hash`: of the code, which nobody but this server can make. */
const challengeSchema = z.strictObject({ salt: z.string(), hash: z.string(), until: z.number() });
type Challenge = z.infer<typeof challengeSchema>;

/**
 * A code by mail, to the address that the account has when it is set up, and to no other. Not one that is typed in: the server
 * would write to whomever somebody names. And not the account's later one: nobody has proven that it is theirs, so whoever
 * changes it would lead the codes to themselves.
 */
export const emailKind: ModuleKind<Record<string, never>> = {
  settings: z.strictObject({}) as z.ZodMiniType<Record<string, never>>,
  make(_settings, { hashKey, mailer }): MfaModule {
    if (mailer === null) throw Error('the module "email" needs a mail server: say which in "mail"');
    return {
      id: "email",
      names: { en: "Code by e-mail", "zh-CN": "邮件验证码" },
      strength: "weak",
      isSpare: false,
      setUpForm: [],
      proofForm: [
        {
          name: "code",
          kind: "code",
          label: { en: "Code from the e-mail", "zh-CN": "邮件中的验证码" },
          hint: null,
          // As some people type and paste it: in groups, with blanks between them.
          longest: 2 * DIGITS,
        },
      ],
      sends: true,
      challengeMs: CHALLENGE_MS,
      tries: 5,

      async beginSetUp({ user, others }) {
        const address = user.email;
        if (others.some((other) => factorSchema.parse(other).address === address))
          return err({ reason: "already-bound" });
        return ok({ kept: { address, used: null } satisfies Factor, shown: [] });
      },

      async beginChallenge({ factorId, languages, now }, kept) {
        const { address } = factorSchema.parse(kept);
        const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
        const salt = randomBytes(16).toString("base64url");
        if (!(await mailer.sendCode(address, { code, minutes: MINUTES, languages })))
          return err({ reason: "not-reached" });
        const until = now + CHALLENGE_MS;
        const challenge: Challenge = { salt, hash: hashCode(hashKey, factorId, salt, code), until };
        return ok({ kept: challenge, shown: [{ kind: "sent", to: maskAddress(address), until }] });
      },

      async verify({ factorId, now }, held, proof) {
        const factor = factorSchema.parse(held.factor);
        const { salt, hash, until } = challengeSchema.parse(held.challenge);
        if (now >= until) return err({ reason: "challenge-over" });
        // Full-width digits are what a Chinese keyboard gives.
        const code = (proof.code ?? "").normalize("NFKC").replace(/\s/g, "");
        if (!/^\d{6}$/.test(code)) return err({ reason: "malformed" });
        if (!isSame(hashCode(hashKey, factorId, salt, code), hash)) return err({ reason: "wrong-code" });
        if (factor.used === hash) return err({ reason: "used-code" });
        const next: Kept = { ...factor, used: hash };
        return ok({ kept: next, shown: [] });
      },

      async remove() {},
    };
  },
};

/** An address as far as it may be shown: the first letter, and always as many dots. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const [first = "", ...more] = Array.from(address.slice(0, at));
  return `${more.length === 0 ? "" : first}•••${address.slice(at)}`;
}

function hashCode(key: Bytes, factorId: string, salt: string, code: string): string {
  return createHmac("sha256", key).update(`email-code ${factorId} ${salt} ${code}`).digest("base64url");
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
