import { base32Decode, base32Encode, utf8Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { splitLabel } from "./label.ts";
import { motpSecret } from "./motp-code.ts";
import { decodePercent } from "./percent.ts";
import { readPinDraft } from "./pin-draft.ts";
import { conflictingParameter, parameter, readParameters } from "./uri-parameters.ts";
import { type ReadUri, type UriRefusal, uriRefusal } from "./uri-refusal.ts";
import { readSecret } from "./uri-secret.ts";

/** Parameters that decide the code: two different values of one can't both be meant. */
const CODE_PARAMETERS = ["secret", "period", "pin"];

/**
 * Reads what stands in a URI of an account with a PIN, "issuer:account?secret=…": Mobile-OTP with its secret in
 * hexadecimal, Yandex with its in base32. Some programs write the PIN as well (pin=); most leave it to the person.
 */
export function readPinUri(type: "motp" | "yandex", text: string): Result<ReadUri, UriRefusal> {
  const [label = ""] = text.split("?", 1);
  if (label.length === text.length) return err(uriRefusal("no-parameters", ""));
  const parameters = readParameters(text.slice(label.length + 1));
  const conflicting = conflictingParameter(parameters, CODE_PARAMETERS);
  if (conflicting !== null) return err(uriRefusal("conflicting-parameters", conflicting));
  if (!parameters.has("secret")) return err(uriRefusal("no-secret", ""));
  const secret = readPinSecret(type, parameter(parameters, "secret"));
  if (!secret.ok) return err(uriRefusal(secret.error, ""));
  const named = parameter(parameters, "issuer");
  const { issuer, account } = splitLabel(decodePercent(label), named);
  const read = readPinDraft({
    type,
    // Yandex names itself nowhere in its own codes.
    issuer: named || issuer || (type === "yandex" ? "Yandex" : ""),
    account,
    secret: secret.value,
    period: parameter(parameters, "period"),
    pin: type === "yandex" ? readYandexPin(parameter(parameters, "pin")) : parameter(parameters, "pin"),
  });
  return read.ok ? ok({ ...read.value, labelIssuer: null }) : read;
}

function readPinSecret(
  type: "motp" | "yandex",
  text: string,
): Result<string, "empty-secret" | "secret-not-base32" | "secret-not-hex"> {
  if (type === "motp") {
    const bytes = motpSecret(text);
    return bytes.ok ? ok(base32Encode(bytes.value)) : bytes;
  }
  const secret = readSecret(text, "base32");
  return secret.ok ? ok(secret.value.secret) : secret;
}

/**
 * The PIN of Yandex Key: four to sixteen digits, written as they are or as base32 of them (Aegis, Ente). "" for anything
 * else: a PIN that is none would give wrong codes.
 */
export function readYandexPin(written: string): string {
  const pin = written.replace(/[\s-]/g, "");
  if (/^\d{4,16}$/.test(pin)) return pin;
  const bytes = base32Decode(pin);
  const decoded = bytes.ok ? utf8Decode(bytes.value) : null;
  return decoded?.ok && /^\d{4,16}$/.test(decoded.value) ? decoded.value : "";
}
