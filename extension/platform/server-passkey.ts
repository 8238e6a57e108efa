import { err, ok, type Result } from "../../shared/result.ts";
import { browser } from "./browser.ts";
import { askBrowser, type PasskeyPromptRefusal } from "./passkey-prompt.ts";

/**
 * Why a server got no passkey. "firefox": it refuses every page of an extension; "not-permitted": the person did not let the
 * extension have the server's host, without which the browser does not let it ask in that host's name; "already-here": this
 * device has one for it; "malformed": what the server asked for makes no question; "other-host": it asked in the name of another
 * host than its own.
 */
export type ServerPasskeyRefusal =
  | PasskeyPromptRefusal
  | "firefox"
  | "not-permitted"
  | "already-here"
  | "malformed"
  | "other-host";

/** What a server's step wants of the browser: JSON of WebAuthn level 3. */
export type ServerPasskeyQuestion = { readonly for: "create" | "get"; readonly options: string };

/** Whether passkeys can be shown to a server from pages of ours. Firefox has them, and refuses every page of an extension. */
export function canShowPasskeys(): boolean {
  return !("getBrowserInfo" in browser.runtime) && typeof PublicKeyCredential !== "undefined";
}

/**
 * Has the browser make a passkey for a server, or asks for one. To be called first thing within a press: the browser lets a page
 * of the extension ask in a host's name only while it has the permission for that host, which is asked for here and given back
 * afterwards where it was not there before.
 *
 * @param origin of the server: a passkey for another host is not asked for, whatever the server says
 * @param signal takes the question back; the browser has one at a time, and refuses the next one as long as it is there
 * @returns the credential as JSON of WebAuthn level 3
 */
export async function askServerPasskey(
  origin: string,
  question: ServerPasskeyQuestion,
  signal: AbortSignal,
): Promise<Result<string, ServerPasskeyRefusal>> {
  if (!canShowPasskeys()) return err("firefox");
  const host = new URL(origin).hostname;
  const options = readOptions(question);
  if (options === null) return err("malformed");
  if (hostOf(options) !== host) return err("other-host");
  const wanted = { origins: [`${new URL(origin).protocol}//${host}/*`] };
  const had = await browser.permissions.contains(wanted);
  if (!had && !(await browser.permissions.request(wanted).catch(() => false))) return err("not-permitted");
  try {
    const given = await askBrowser(() =>
      "create" in options
        ? navigator.credentials.create({ publicKey: options.create, signal })
        : navigator.credentials.get({ publicKey: options.get, signal }),
    );
    return given.ok ? ok(JSON.stringify(given.value.toJSON())) : given;
  } finally {
    if (!had) await browser.permissions.remove(wanted).catch(() => false);
  }
}

type Options =
  | { readonly create: PublicKeyCredentialCreationOptions }
  | { readonly get: PublicKeyCredentialRequestOptions };

function readOptions({ for: purpose, options }: ServerPasskeyQuestion): Options | null {
  try {
    // A server has no use for what an authenticator gives beside its signature, nor for who made it.
    const json = { ...JSON.parse(options), extensions: {}, attestation: "none", attestationFormats: [] };
    return purpose === "create"
      ? { create: PublicKeyCredential.parseCreationOptionsFromJSON(json) }
      : { get: PublicKeyCredential.parseRequestOptionsFromJSON(json) };
  } catch {
    return null;
  }
}

function hostOf(options: Options): string | undefined {
  return "create" in options ? options.create.rp.id : options.get.rpId;
}
