import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { type Bundle, openBundle } from "../../shared/identity/bundle.ts";
import { passwordKek, unwrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiOf, ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import type { SignedIn } from "./sign-in.ts";

/**
 * "wrong-kit": the account key is not the one that they were wrapped with; "keys-damaged": what the server gave was not
 * made by a device of this person, or is damaged; "keys-newer-version": by a later version of the extension.
 */
export type OwnKeysRefusal = AskFailure | "wrong-kit" | "keys-damaged" | "keys-newer-version";

/** What a person has on all their devices, and what it is encrypted under at the server (base64url). */
export type OwnKeys = { readonly bundle: Bundle; readonly bundleKey: string };

/**
 * Fetches the person's own keys and opens them. Nothing a server answers leads to new keys: without these there are none.
 *
 * @param accountKeys from the kit, or as this device keeps it; more than one where it may have come to another
 * @returns the keys, and which account key has opened them
 */
export async function fetchOwnKeys(
  origin: string,
  serverId: string,
  { token, userId, exportKey }: SignedIn,
  accountKeys: readonly Bytes[],
): Promise<Result<{ readonly own: OwnKeys; readonly accountKey: Bytes }, OwnKeysRefusal>> {
  const fetched = await ask(apiOf(origin, token).user.bundle.query());
  if (!fetched.ok) return fetched;
  const { ver } = fetched.value;
  const [sealed, wrapped] = [fetched.value.bundle, fetched.value.wrappedByPassword].map(base64urlToBytes);
  if (!sealed?.ok || !wrapped?.ok) return err("keys-damaged");
  const owner = { serverId, userId };
  for (const accountKey of accountKeys) {
    const dek = await unwrapDek(await passwordKek({ exportKey, accountKey }, owner), wrapped.value);
    if (!dek.ok && dek.error === "wrong-key") continue;
    if (!dek.ok) return err("keys-damaged");
    const opened = await openBundle(dek.value, { ...owner, ver }, sealed.value);
    if (!opened.ok) return err(opened.error === "corrupt" ? "keys-damaged" : "keys-newer-version");
    const own = { bundle: opened.value, bundleKey: bytesToBase64url(dek.value) };
    return ok({ own, accountKey });
  }
  return err("wrong-kit");
}
