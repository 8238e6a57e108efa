import * as z from "zod/mini";
import type { MfaModule, ModuleKind } from "../../../server/mfa/module.ts";
import { equalBytes, utf8 } from "../../../shared/bytes.ts";
import { err, ok } from "../../../shared/result.ts";

/**
 * What mfa.json says of one, beside "kind": every setting has a default or is missed by name at the start. `pins`: by
 * address, what an administrator has given to people already.
 */
const settings = z.strictObject({
  id: z._default(z.string().check(z.regex(/^[a-z0-9_-]{1,40}$/)), "insecure_example"),
  strength: z._default(z.enum(["strong", "weak"]), "weak"),
  pins: z._default(z.record(z.string(), z.string()), {}),
});

/** What is kept is what was stored once, perhaps by an older version: it is looked at before it is believed. */
const keptSchema = z.strictObject({ pin: z.string() });

/** Whose PINs were removed: what others would be told. */
export const toldRemoved: string[] = [];

/**
 * The template for a kind of factor: a PIN of one's own. It is here and in docs/mfa.md alone, because a PIN that is good
 * for ever is a second password and no second factor.
 */
export const insecureExampleKind: ModuleKind<z.infer<typeof settings>> = {
  settings,
  make: ({ id, strength, pins }): MfaModule => ({
    id,
    names: { en: "PIN (insecure)", "zh-CN": "PIN 码（不安全）" },
    strength,
    isSpare: false,
    // What is asked for before it is set up …
    setUpForm: [
      {
        name: "pin",
        kind: "text",
        label: { en: "A PIN of your own", "zh-CN": "设置一个 PIN 码" },
        hint: null,
        longest: 40,
      },
    ],
    // … and each time it is shown, the first time included.
    proofForm: [
      {
        name: "pin",
        kind: "text",
        label: { en: "Your PIN", "zh-CN": "PIN 码" },
        hint: null,
        longest: 40,
      },
    ],
    sends: false,
    challengeMs: 5 * 60_000,
    tries: 5,

    beginSetUp: async (_, { pin = "" }) =>
      // Refusals are values: what goes on is for whoever called.
      pin.length < 4 ? err({ reason: "malformed" }) : ok({ kept: { pin }, shown: [] }),

    // Nothing to send, and nothing to remember of the question: then the answer has nothing to be held against but the factor.
    beginChallenge: async () => ok({ kept: {}, shown: [] }),

    async verify(_, { factor }, { pin = "" }) {
      const kept = keptSchema.parse(factor);
      if (!equalBytes(utf8(kept.pin), utf8(pin))) return err({ reason: "wrong-code" });
      // What is to be kept from now on. A code that is good once would be marked as used here, and nothing more is needed.
      return ok({ kept, shown: [] });
    },

    // For kinds that others know of: they are told that the person has it no longer. Here it is the test that is.
    remove: async ({ user }) => {
      toldRemoved.push(user.email);
    },

    // For kinds that others know of: who has a PIN from the administrator has this factor without setting it up.
    findBound: async ({ user }) => {
      const pin = Object.hasOwn(pins, user.email) ? pins[user.email] : undefined;
      return pin === undefined ? null : { pin };
    },
  }),
};
