import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { base32Encode, base64urlToBytes, bytesToBase64url, equalBytes } from "../../../shared/bytes.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import { hmac } from "../../../shared/crypto/mac.ts";
import { err, ok } from "../../../shared/result.ts";
import type { MfaModule, ModuleKind } from "../module.ts";
import { asTyped } from "./as-typed.ts";

const CODES = 10;
/** 80 bits, sixteen letters: nobody guesses one, with no more tries than there are. */
const CODE_BYTES = 10;
/** With so few left a fresh set should be made. */
const FEW = 2;

const settings = z.strictObject({});

/** The codes that are left, hashed with a key that only the server has. */
const keptSchema = z.strictObject({ hashes: z.array(z.string()) });

/** Codes on paper, good once each, for when other factors are lost (ASVS 5.0, 6.5.2). */
export const recoveryKind: ModuleKind<z.infer<typeof settings>> = {
  settings,
  make: (_, { hashKey }): MfaModule => {
    const hashOf = async (factorId: string, code: string) =>
      hmac(hashKey, CTX("mfa-recovery-code", factorId, code));
    return {
      id: "recovery",
      names: { en: "Recovery codes", "zh-CN": "恢复码" },
      strength: "strong",
      isSpare: true,
      setUpForm: [],
      proofForm: [
        {
          name: "code",
          kind: "code",
          label: { en: "One of your recovery codes", "zh-CN": "任意一个恢复码" },
          hint: {
            en: "Each code works once. Upper or lower case, with or without dashes.",
            "zh-CN": "每个恢复码只能用一次。不分大小写，连字符可写可不写。",
          },
          longest: 40,
        },
      ],
      sends: false,
      challengeMs: 30 * 60_000,
      tries: 5,

      async beginSetUp({ factorId }) {
        const codes = Array.from({ length: CODES }, () => base32Encode(randomBytes(CODE_BYTES)));
        const hashes = await Promise.all(
          codes.map(async (code) => bytesToBase64url(await hashOf(factorId, code))),
        );
        return ok({ kept: { hashes }, shown: [{ kind: "recovery-codes", codes: codes.map(inGroups) }] });
      },

      beginChallenge: async () => ok({ kept: {}, shown: [] }),

      /** The first proof shows that the codes were kept, and uses none of them. */
      async verify({ factorId }, { factor, isSetUp }, { code = "" }) {
        const { hashes } = keptSchema.parse(factor);
        const typed = await hashOf(factorId, asWritten(code));
        const at = hashes.findIndex((hash) => isSame(hash, typed));
        if (at < 0) return err({ reason: "wrong-code" });
        if (!isSetUp) return ok({ kept: { hashes }, shown: [] });
        const left = hashes.filter((_, other) => other !== at);
        return ok({
          kept: { hashes: left },
          shown: left.length <= FEW ? [{ kind: "codes-left", left: left.length }] : [],
        });
      },

      remove: async () => {},
    };
  },
};

function inGroups(code: string): string {
  return code.match(/.{4}/g)?.join("-") ?? code;
}

/** Whatever blanks, dashes and case somebody wrote it with. The digits that base32 has not got are read as what they look like. */
function asWritten(code: string): string {
  return asTyped(code).toUpperCase().replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B");
}

function isSame(hash: string, typed: Uint8Array): boolean {
  const bytes = base64urlToBytes(hash);
  return bytes.ok && equalBytes(bytes.value, typed);
}
