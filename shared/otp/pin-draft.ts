import { base32Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import type { EntryDraft } from "./entry.ts";
import { MOTP } from "./motp-code.ts";
import { readWholeNumber } from "./uri-parameters.ts";
import { type UriNotice, type UriRefusal, uriRefusal } from "./uri-refusal.ts";
import { isYandexSecret, YANDEX } from "./yandex-code.ts";

/** What a URI or a file says of an account whose codes need a PIN. */
export type PinFields = Pick<EntryDraft, "issuer" | "account" | "secret"> & {
  readonly type: "motp" | "yandex";
  /** "" where it is not said. */
  readonly period: string;
  /** "" where it is not said. */
  readonly pin: string;
  /** Whether there is none to say: the secret holds it. */
  readonly isPinInSecret?: boolean;
};

/** Judges the fields of an account of Mobile-OTP or Yandex; their algorithm and their digits are never another. */
export function readPinDraft({
  type,
  period,
  pin,
  isPinInSecret = false,
  ...named
}: PinFields): Result<{ readonly draft: EntryDraft; readonly notices: readonly UriNotice[] }, UriRefusal> {
  const usual = type === "motp" ? MOTP : YANDEX;
  const bytes = base32Decode(named.secret);
  if (type === "yandex" && !(bytes.ok && isYandexSecret(bytes.value))) {
    return err(uriRefusal("not-a-yandex-secret", ""));
  }
  const seconds = readWholeNumber(period);
  if (!seconds.ok) return err(uriRefusal(`period-${seconds.error}`, period));
  if (seconds.value === 0) return err(uriRefusal("period-zero", "0"));
  const isMissing = pin === "" && !isPinInSecret;
  const notices: UriNotice[] = [];
  if (isMissing) notices.push("pin-missing");
  if (named.issuer === "" && named.account === "") notices.push("no-name");
  const draft = { ...usual, ...named, type, period: seconds.value ?? usual.period, counter: null };
  return ok({ draft: { ...draft, pin: isMissing ? null : pin }, notices });
}
