import * as z from "zod/mini";
import { err, ok } from "../../../shared/result.ts";
import type { MfaModule, ModuleKind, Site } from "../module.ts";
import { callOut } from "../outbound/call-out.ts";
import { drawSentCode, SENT_MINUTES, SENT_MS, SENT_TRIES, takeSentCode } from "./sent-code.ts";
import { maskPhoneNumber, parsePhoneNumber } from "./sms/phone-number.ts";
import { contentTypeOf, type SmsSettings, smsSettings } from "./sms/settings.ts";
import { type Blanks, escapeFor, fillTemplate } from "./sms/template.ts";

const keptSchema = z.strictObject({
  phone: z.string(),
  /** Which code was taken last: it is not taken again. */
  used: z.nullable(z.string()),
});

/** Codes by text message, through whatever gateway the team has an account with. */
export const smsKind: ModuleKind<SmsSettings> = {
  settings: smsSettings,
  make: (settings, site): MfaModule => ({
    id: "sms",
    names: { en: "Text message", "zh-CN": "短信验证码" },
    // A number can be taken over at its carrier (NIST SP 800-63B section 3.2.9: restricted).
    strength: "weak",
    isSpare: false,
    setUpForm: [
      {
        name: "phone",
        kind: "phone",
        label: { en: "Phone number", "zh-CN": "手机号码" },
        hint: {
          en: "With its country’s code, for example +1 555 555 0100",
          "zh-CN": "请带上国家或地区代码，例如 +86 138 0000 0000",
        },
        longest: 40,
      },
    ],
    proofForm: [
      {
        name: "code",
        kind: "code",
        label: { en: "Code from the text message", "zh-CN": "短信中的验证码" },
        hint: null,
        longest: 20,
      },
    ],
    sends: true,
    challengeMs: SENT_MS,
    tries: SENT_TRIES,

    async beginSetUp({ others }, { phone = "" }) {
      const number = parsePhoneNumber(phone);
      if (!number.ok) return err({ reason: "malformed" });
      if (others.some((other) => keptSchema.parse(other).phone === number.value))
        return err({ reason: "already-bound" });
      return ok({ kept: { phone: number.value, used: null }, shown: [] });
    },

    async beginChallenge(asked, factor) {
      const { phone: to } = keptSchema.parse(factor);
      const { code, kept } = drawSentCode(site.hashKey, asked);
      const blanks = { to, number: to.slice(1), code, minutes: String(SENT_MINUTES) };
      if (!(await send(settings, site, blanks))) return err({ reason: "not-reached" });
      return ok({ kept, shown: [{ kind: "sent", to: maskPhoneNumber(to), until: kept.until }] });
    },

    async verify(asked, { factor, challenge }, { code = "" }) {
      const { phone, used } = keptSchema.parse(factor);
      const taken = takeSentCode(site.hashKey, asked, { challenge, used }, code);
      return taken.ok ? ok({ kept: { phone, used: taken.value }, shown: [] }) : taken;
    },

    remove: async () => {},
  }),
};

/** Whether the gateway says that the message is on its way. */
async function send(settings: SmsSettings, { log }: Site, blanks: Blanks): Promise<boolean> {
  const { method, url, headers, body, allow, sentWhen } = settings;
  const how = escapeFor(contentTypeOf(headers)) ?? "plain";
  const answer = await callOut({
    ...{ method, headers, allowed: allow },
    url: new URL(fillTemplate(url, blanks, "url")),
    body: body === null ? null : fillTemplate(body, blanks, how),
  });
  const why = answer.ok ? refusalIn(answer.value, sentWhen) : answer.error;
  if (why !== null) log("mfa-not-reached", { module: "sms", why });
  return why === null;
}

/** What is wrong with an answer; null: it says that the message went. */
function refusalIn(
  { status, text }: { readonly status: number; readonly text: string },
  sentWhen: SmsSettings["sentWhen"],
): string | null {
  if (status < 200 || status > 299) return `status ${status}`;
  if (sentWhen === null) return null;
  const said = fieldOf(text, sentWhen.field.split("."));
  return said !== null && sentWhen.is.includes(said) ? null : "the answer does not say that it was sent";
}

/** A text, number or truth value in JSON, as text; null: it is not there. */
function fieldOf(text: string, path: readonly string[]): string | null {
  try {
    let value: unknown = JSON.parse(text);
    for (const name of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
      value = (value as Record<string, unknown>)[name];
    }
    return ["string", "number", "boolean"].includes(typeof value) ? String(value) : null;
  } catch {
    return null;
  }
}
