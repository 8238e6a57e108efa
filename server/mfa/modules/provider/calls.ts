import * as z from "zod/mini";
import type { Business, MfaRefusal } from "../../../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../../../shared/result.ts";
import type { Log } from "../../../log.ts";
import { callOut } from "../../outbound/call-out.ts";
import { signatureHeaders } from "../../outbound/signature.ts";
import type { ProviderSettings } from "./settings.ts";

/** What each call answers with, beside `code` 200. What else is in it is for others. */
const ANSWERS = {
  getTwoFactorAuthenticatorName: z.object({
    names: z.array(z.object({ language: z.string(), name: z.string() })).check(z.maxLength(100)),
  }),
  hasBound: z.object({ has_bound: z.boolean() }),
  bind: z.object({}),
  isCodeValid: z.object({ is_valid: z.boolean() }),
  sendCode: z.object({ sent_to: z._default(z.string(), "") }),
} as const;

type Answers = typeof ANSWERS;
export type CallName = keyof Answers;

/** What every call says: whom it is about, and in which session. */
export type Person = {
  readonly external_id: string;
  readonly accounts: readonly { readonly organization: string; readonly user: string }[];
  readonly session_id: string;
  readonly languages: readonly string[];
};

const successSchema = z.object({
  code: z.literal(200),
  data: z._default(z.record(z.string(), z.unknown()), {}),
});
const businessSchema = z.object({
  code: z.optional(z.int()),
  errcode: z.string().check(z.minLength(1)),
  model: z.string().check(z.minLength(1)),
  reason: z.string().check(z.minLength(1)),
  type: z.string().check(z.minLength(1)),
});

/**
 * Calls one function of a provider.
 *
 * @param said what it is told beside whom it is about
 * @param now milliseconds since 1970 UTC
 */
export async function callProvider<N extends CallName>(
  { id, url: base, secret, allow }: ProviderSettings,
  name: N,
  said: Person & { readonly identifier?: string; readonly code?: string },
  { now, log }: { readonly now: number; readonly log: Log },
): Promise<Result<z.infer<Answers[N]>, MfaRefusal>> {
  const url = new URL(`${base.replace(/\/$/, "")}/${name}`);
  const body = JSON.stringify(said);
  const method = "POST";
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    ...signatureHeaders(secret, { url, method, body }, now),
  };
  const answer = await callOut({ url, method, headers, body, allowed: allow });
  const read = answer.ok ? readAnswer(name, answer.value) : err(answer.error);
  if (read.ok) return read;
  if (typeof read.error === "object") return err({ reason: "business", said: read.error });
  log("mfa-not-reached", { module: id, call: name, why: read.error });
  return err({ reason: "not-reached" });
}

/**
 * Reads an answer, whatever it is.
 *
 * @returns what was asked for; or what it says no with; or why it is neither, for the log
 */
export function readAnswer<N extends CallName>(
  name: N,
  { status, text }: { readonly status: number; readonly text: string },
): Result<z.infer<Answers[N]>, Business | string> {
  const json = jsonOf(text);
  const success = successSchema.safeParse(json);
  if (status === 200 && success.success) {
    const data = ANSWERS[name].safeParse(success.data.data);
    return data.success
      ? ok(data.data as z.infer<Answers[N]>)
      : err("the answer is not what the call asks for");
  }
  const business = businessSchema.safeParse(json);
  if (!business.success) return err(`status ${status}, and no answer of such a call`);
  const { code = status, errcode, model, reason, type } = business.data;
  const said = {
    code,
    errcode: cleanText(errcode, 100),
    model: cleanText(model, 100),
    reason: cleanText(reason, 300),
    type: cleanText(type, 100),
  };
  return err(said);
}

/** Text of others, as it may stand in our interface: one line, nothing that turns or hides what stands around it. */
export function cleanText(text: string, longest: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .trim();
  const signs = [...line];
  return signs.length > longest ? `${signs.slice(0, longest - 1).join("")}…` : line;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
