import { cleanBase32 } from "../../shared/bytes.ts";
import {
  ALGORITHMS,
  type Algorithm,
  type EntryDraft,
  type EntryType,
  MAX_DIGITS,
  MIN_DIGITS,
} from "../../shared/otp/entry.ts";
import { MOTP } from "../../shared/otp/motp-code.ts";
import { YANDEX } from "../../shared/otp/yandex-code.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What stands in the fields of the form, as typed. */
export interface EntryFormState {
  readonly type: EntryType;
  readonly issuer: string;
  readonly account: string;
  readonly secret: string;
  readonly algorithm: Algorithm;
  readonly digits: string;
  readonly period: string;
  readonly counter: string;
  readonly sites: readonly string[];
  readonly tags: string;
  readonly note: string;
  /** The PIN as typed, of the types that have one; null as long as nothing was typed, which leaves it as it is. */
  readonly pin: string | null;
  /** What the form has no fields for and leaves as it is; null for the types it knows. */
  readonly kept: KeptParameters | null;
}

type KeptParameters = Pick<EntryDraft, "type" | "algorithm" | "digits" | "period" | "counter" | "pin">;

export type EntryFormProblem =
  | "secret-missing"
  | "secret-not-base32"
  | "digits-out-of-range"
  | "period-out-of-range"
  | "counter-out-of-range";

/** The algorithms a person may choose; MD5 belongs to mOTP alone. */
export const CHOICE_OF_ALGORITHMS = ALGORITHMS.filter((algorithm) => algorithm !== "MD5");

export const EMPTY_FORM: EntryFormState = {
  type: "totp",
  issuer: "",
  account: "",
  secret: "",
  algorithm: "SHA1",
  digits: "6",
  period: "30",
  counter: "0",
  sites: [],
  tags: "",
  note: "",
  pin: null,
  kept: null,
};

/** Puts a draft or an entry into the form. */
export function draftToForm(draft: EntryDraft): EntryFormState {
  return {
    type: draft.type,
    issuer: draft.issuer,
    account: draft.account,
    secret: draft.secret,
    algorithm: draft.algorithm,
    digits: String(draft.digits),
    period: String(draft.period ?? 30),
    counter: String(draft.counter ?? 0),
    sites: draft.sites ?? [],
    tags: (draft.tags ?? []).join(", "),
    note: draft.note ?? "",
    pin: null,
    kept: isOfferedType(draft) ? null : keptOf(draft),
  };
}

/** A form that was left half-way, as it is remembered: without its PIN, which is typed in again. */
export function restoredForm(typed: Omit<EntryFormState, "kept" | "pin">): EntryFormState {
  const fixed = typed.type === "motp" ? MOTP : typed.type === "yandex" ? YANDEX : null;
  const kept = fixed && { ...fixed, type: typed.type, counter: null, pin: null };
  return { ...typed, pin: null, kept };
}

function isOfferedType({ type, algorithm }: EntryDraft): boolean {
  return (type === "totp" || type === "hotp" || type === "steam") && algorithm !== "MD5";
}

/** Whether codes of this type are made of a PIN too. */
export function hasPin(type: EntryType): boolean {
  return type === "motp" || type === "yandex";
}

function keptOf({ type, algorithm, digits, period, counter, pin }: EntryDraft): KeptParameters {
  return { type, algorithm, digits, period, counter, pin };
}

/** Reads the form. Steam fixes its own parameters; the other types take what was typed, within what can be computed. */
export function formToDraft(form: EntryFormState): Result<EntryDraft, EntryFormProblem> {
  if (form.secret.trim() === "") return err("secret-missing");
  const secret = cleanBase32(form.secret);
  if (!secret.ok) return err("secret-not-base32");
  const names = {
    issuer: form.issuer.trim(),
    account: form.account.trim(),
    sites: [...form.sites],
    tags: splitTags(form.tags),
    note: form.note,
  };
  if (form.kept !== null) {
    const pin = form.pin === null || !hasPin(form.kept.type) ? form.kept.pin : form.pin.trim() || null;
    return ok({ ...names, secret: secret.value, ...form.kept, pin });
  }
  if (form.type === "steam")
    return ok({
      ...names,
      type: "steam",
      secret: secret.value,
      algorithm: "SHA1",
      digits: 5,
      period: 30,
      counter: null,
      pin: null,
    });
  const digits = wholeNumber(form.digits);
  if (digits === null || digits < MIN_DIGITS || digits > MAX_DIGITS) return err("digits-out-of-range");
  const common = { ...names, secret: secret.value, algorithm: form.algorithm, digits, pin: null };
  if (form.type === "hotp") {
    const counter = wholeNumber(form.counter);
    if (counter === null) return err("counter-out-of-range");
    return ok({ ...common, type: "hotp", period: null, counter });
  }
  const period = wholeNumber(form.period);
  if (period === null || period < 1) return err("period-out-of-range");
  return ok({ ...common, type: "totp", period, counter: null });
}

/**
 * What the person changed: fields that read the same as before are left out, so that saving takes nothing back that
 * happened to the entry meanwhile (a counter that moved, a site that was bound), nor what the form can't say.
 *
 * @param before what stood in the form at first
 */
export function changedFields(before: EntryFormState, draft: EntryDraft): Partial<EntryDraft> {
  const first = formToDraft(before);
  if (!first.ok) return draft;
  const known = new Map(Object.entries(first.value));
  const changed = Object.entries(draft).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(known.get(field)),
  );
  return Object.fromEntries(changed);
}

/** Tags as typed, separated by commas of any script. */
export function splitTags(text: string): string[] {
  return [...new Set(text.split(/[,，、;；]/).map((tag) => tag.trim()))].filter(Boolean);
}

function wholeNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,16}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? value : null;
}
