import * as z from "zod/mini";
import { err, ok } from "../../../shared/result.ts";
import type { MfaModule, ModuleKind } from "../module.ts";
import { drawSentCode, SENT_MINUTES, SENT_MS, SENT_TRIES, takeSentCode } from "./sent-code.ts";

/**
 * `address`: to which the codes go, whatever becomes of the account's. `used`: which code was taken last, so that of two at
 * once one alone is.
 */
const factorSchema = z.strictObject({ address: z.string(), used: z.nullable(z.string()) });
type Factor = z.infer<typeof factorSchema>;

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
          longest: 20,
        },
      ],
      sends: true,
      challengeMs: SENT_MS,
      tries: SENT_TRIES,

      async beginSetUp({ user, others }) {
        const address = user.email;
        if (others.some((other) => factorSchema.parse(other).address === address))
          return err({ reason: "already-bound" });
        return ok({ kept: { address, used: null } satisfies Factor, shown: [] });
      },

      async beginChallenge({ factorId, languages, now }, factor) {
        const { address } = factorSchema.parse(factor);
        const { code, kept } = drawSentCode(hashKey, { factorId, now });
        if (!(await mailer.sendCode(address, { code, minutes: SENT_MINUTES, languages })))
          return err({ reason: "not-reached" });
        return ok({ kept, shown: [{ kind: "sent", to: maskAddress(address), until: kept.until }] });
      },

      async verify(asked, { factor, challenge }, { code = "" }) {
        const { address, used } = factorSchema.parse(factor);
        const taken = takeSentCode(hashKey, asked, { challenge, used }, code);
        return taken.ok ? ok({ kept: { address, used: taken.value } satisfies Factor, shown: [] }) : taken;
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
