import { isDeviceCode } from "../../shared/identity/device-code.ts";
import { KIT_LETTERS, parseKit } from "../../shared/identity/recovery-key.ts";
import type { Form, Input } from "../../shared/mfa/form.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { checkPassphrase } from "../vault/unlock.ts";
import { isConnectText } from "./connect-text.ts";
import type { TypedRefusal } from "./factor-refusal.ts";
import type { FactorSession } from "./factor-session.ts";
import { readKitText } from "./kit.ts";

/** No code is longer, whatever the form says. */
const LONGEST_CODE = 40;
/** And nothing else that a form asks for: an address. */
const LONGEST_TEXT = 254;
/** No form of a server's has more fields than eight. */
const MOST_TYPED = 8 * LONGEST_TEXT;
/** So many letters of one are more than any code has, and too much of a kit to be given away. */
const PART_OF_KIT = 24;
/** No passphrase of a vault is shorter. Whether it is one takes a second to find out, which no short code is kept waiting for. */
const SHORTEST_PASSPHRASE = 8;

/**
 * Looks at what was typed into a form that a server has drawn, before anything of it is sent. Its labels may say what they
 * like: neither the passphrase nor the recovery kit, nor the code of a device, leaves this device by it, not even in halves. No
 * field cuts off what is typed, so that all of it is looked at.
 */
export async function checkTyped(
  session: Pick<FactorSession, "isPassphrase">,
  form: Form,
  input: Input,
): Promise<Result<void, TypedRefusal>> {
  const fields = form.filter(({ kind }) => kind !== "credential");
  const typed = fields.map(({ name }) => input[name] ?? "");
  for (const text of typed.length > 1 ? [...typed, typed.join("")] : typed) {
    // First: a passphrase of letters alone may look like a part of a kit.
    if (await isPassphrase(session, text)) return err("typed-passphrase");
    if (await isKit(text)) return err("typed-kit");
  }
  const isTooLong = fields.some((field) => (input[field.name] ?? "").trim().length > longestOf(field));
  return isTooLong ? err("typed-too-long") : ok(undefined);
}

/** How many characters a field takes, whatever its form says. */
function longestOf({ kind, longest }: Form[number]): number {
  return Math.min(longest, kind === "code" ? LONGEST_CODE : LONGEST_TEXT);
}

/** Also one with letters that are wrong or missing: most of it would be given away. */
async function isKit(text: string): Promise<boolean> {
  if (isConnectText(text) || isDeviceCode(text)) return true;
  const { letters } = readKitText(text);
  const kit = await parseKit(letters);
  if (kit.ok || kit.error === "mistyped") return true;
  if (kit.error === "incomplete" && letters.replace(/[^A-Za-z0-9]/g, "").length >= PART_OF_KIT) return true;
  return hasKit(text);
}

/** A whole one with anything between its letters or around it. What is longer than all fields together is not sent anyway. */
async function hasKit(text: string): Promise<boolean> {
  const bare = text.length > MOST_TYPED ? "" : text.replace(/[^A-Za-z0-9]/g, "");
  for (let from = 0; from + KIT_LETTERS <= bare.length; from++)
    if ((await parseKit(bare.slice(from, from + KIT_LETTERS))).ok) return true;
  return false;
}

async function isPassphrase(
  { isPassphrase: isOfSession }: Pick<FactorSession, "isPassphrase">,
  text: string,
): Promise<boolean> {
  if (await isOfSession(text)) return true;
  if (text.length < SHORTEST_PASSPHRASE) return false;
  if ((await checkPassphrase(text)).ok) return true;
  const bare = text.trim();
  return bare !== text && (await checkPassphrase(bare)).ok;
}
