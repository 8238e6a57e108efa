import * as z from "zod/mini";
import { ALGORITHMS, ENTRY_TYPES } from "../../shared/otp/entry.ts";
import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { sessionItem } from "../platform/session-storage.ts";

/** What stands in the form for typing an account in, as typed. */
const formSchema = z.object({
  type: z.enum(ENTRY_TYPES),
  issuer: z.string(),
  account: z.string(),
  secret: z.string(),
  algorithm: z.enum(ALGORITHMS),
  digits: z.string(),
  period: z.string(),
  counter: z.string(),
  sites: z.array(z.string()),
  tags: z.string(),
  note: z.string(),
});
export type TypedForm = z.infer<typeof formSchema>;

/**
 * A popup closes as soon as the person clicks into the page to copy the key: what was typed until then waits in session
 * memory. It may hold a secret, so it goes when the vault is locked, and after this time (milliseconds).
 */
const FRESH_MS = 10 * 60_000;

/** Goes off once it is stale; its listener calls forgetTypedForm. */
export const TYPED_FORM_ALARM = "typed-form-stale";

const item = sessionItem("typed-form", z.object({ form: formSchema, at: z.number() }));

export async function rememberTypedForm(form: TypedForm, now: number): Promise<void> {
  await item.set({ form, at: now });
  await setAlarm(TYPED_FORM_ALARM, now + FRESH_MS);
}

/** @returns what was typed last, or null where there is nothing or it is stale */
export async function readTypedForm(now: number): Promise<TypedForm | null> {
  const typed = await item.get();
  return typed !== null && Math.abs(now - typed.at) <= FRESH_MS ? typed.form : null;
}

export async function forgetTypedForm(): Promise<void> {
  await item.remove();
  await clearAlarm(TYPED_FORM_ALARM);
}
