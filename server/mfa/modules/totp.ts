import { randomBytes } from "node:crypto";
import { encodeQR } from "qr";
import * as z from "zod/mini";
import { base32Encode, equalBytes, utf8 } from "../../../shared/bytes.ts";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import { codeAt, stepAt } from "../../../shared/otp/code.ts";
import { formatOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Begun, MfaModule, ModuleKind } from "../module.ts";
import { asTyped } from "./as-typed.ts";

/** RFC 4226 section 4: 160 bits are recommended. */
const SECRET_BYTES = 20;
const PERIOD = 30;
/** What every authenticator can do. */
const HOW = { algorithm: "SHA1", digits: 6, period: PERIOD, counter: null } as const;
/** RFC 6238 section 5.2: one step before and after, for the way and for clocks that are a little off. */
const WINDOW = 1;
/** A first code that is right for a clock so far off is told from a wrong one. */
const CLOCK_STEPS = 120;

/** @property issuer what the entry is called in an authenticator; by itself the server's host */
const settings = z.strictObject({ issuer: z._default(z.nullable(z.string().check(z.minLength(1))), null) });

const keptSchema = z.strictObject({
  secret: z.string(),
  /** The step of the last code that was taken: it and those before it are not taken again (RFC 6238 section 5.2). */
  lastStep: z.int(),
});

/** Codes of an authenticator (RFC 6238). */
export const totpKind: ModuleKind<z.infer<typeof settings>> = {
  settings,
  make: ({ issuer }, { origin }): MfaModule => ({
    id: "totp",
    names: { en: "Authenticator", "zh-CN": "身份验证器" },
    strength: "strong",
    isSpare: false,
    setUpForm: [],
    proofForm: [
      {
        name: "code",
        kind: "code",
        label: { en: "Code from your authenticator", "zh-CN": "身份验证器中的动态口令" },
        hint: null,
        longest: 20,
      },
    ],
    sends: false,
    challengeMs: 10 * 60_000,
    tries: 5,

    async beginSetUp({ user }) {
      const secret = base32Encode(randomBytes(SECRET_BYTES));
      const uri = formatOtpauthUri({
        type: "totp",
        issuer: issuer ?? new URL(origin).hostname,
        account: user.email,
        ...{ secret, ...HOW },
      });
      const svg = onWhite(encodeQR(uri, "svg", { ecc: "medium", border: 4 }));
      const dataUrl = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
      const shown = [{ kind: "totp-secret", secret, uri, svg, dataUrl }] as const;
      return ok({ kept: { secret, lastStep: -1 }, shown });
    },

    beginChallenge: async () => ok({ kept: {}, shown: [] }),

    async verify({ now }, { factor, isSetUp }, { code = "" }) {
      const { secret, lastStep } = keptSchema.parse(factor);
      const typed = asTyped(code);
      const step = stepAt(PERIOD, now);
      const found = findStep(secret, typed, step, WINDOW);
      if (found !== null) return found > lastStep ? taken(secret, found) : err({ reason: "used-code" });
      const off = isSetUp ? null : findStep(secret, typed, step, CLOCK_STEPS);
      return off === null
        ? err({ reason: "wrong-code" })
        : err({ reason: "clock-off", seconds: (off - step) * PERIOD });
    },

    remove: async () => {},
  }),
};

/** Dark on nothing is no code where the page is dark; the white around it belongs to it (ISO/IEC 18004). */
function onWhite(svg: string): string {
  return svg.replace(">", '><rect width="100%" height="100%" fill="#fff"/>');
}

function taken(secret: string, lastStep: number): Result<Begun, MfaRefusal> {
  return ok({ kept: { secret, lastStep }, shown: [] });
}

/** The step nearest to that one, of so many to either side, whose code it is; null: it is none of theirs. */
function findStep(secret: string, typed: string, step: number, most: number): number | null {
  for (let off = 0; off <= most; off++) {
    // The later one first, so that the earlier one of two with the same code can't be used after it.
    for (const at of off === 0 ? [step] : [step + off, step - off]) if (isCode(secret, typed, at)) return at;
  }
  return null;
}

function isCode(secret: string, typed: string, step: number): boolean {
  if (step < 0) return false;
  const code = codeAt({ type: "totp", secret, ...HOW, pin: null }, step * PERIOD * 1_000);
  if (!code.ok) throw Error(`a secret of our own gives no code: ${code.error}`);
  return equalBytes(utf8(code.value), utf8(typed));
}
