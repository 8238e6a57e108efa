import { randomBytes } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { addAuthenticator, type VirtualAuthenticator, type VirtualCredential } from "./virtual-passkeys.ts";

/**
 * A person's authenticator, as it is carried from window to window and over a restart of the browser. A virtual one of
 * the debugging protocol belongs to one tab, and its credentials can be moved to another, but without what they derive
 * secrets from: so the browser's ceremony is the real one in each window, and only the secret is given here.
 */
export class CarriedPasskeys {
  #credentials: VirtualCredential[] = [];
  #seed = randomBytes(32).toString("hex");
  /** "never": the person does not touch it. "stranger": somebody whose finger it does not know. */
  touched: "at-once" | "never" | "stranger" = "at-once";
  readonly #standing = new Map<Page, VirtualAuthenticator>();

  /** Another device that knows the same credentials, and gives other secrets. @returns takes the right one again */
  exchange(): () => void {
    const own = this.#seed;
    this.#seed = randomBytes(32).toString("hex");
    return () => {
      this.#seed = own;
    };
  }

  /** Puts it beside every page of the browser that asks for a passkey from now on. */
  async carryInto(context: BrowserContext): Promise<void> {
    await context.exposeBinding("passkeysAreReady", async ({ page }) => {
      await this.#standBeside(page);
      return this.#seed;
    });
    await context.exposeBinding("passkeyWasMade", async ({ page }) => {
      this.#credentials = (await this.#standing.get(page)?.credentials()) ?? [];
    });
    await context.addInitScript(giveSecrets);
  }

  async #standBeside(page: Page): Promise<void> {
    await this.#standing.get(page)?.remove();
    const authenticator = await addAuthenticator(page);
    if (this.touched === "never") await authenticator.answers(false);
    if (this.touched === "stranger") await authenticator.recognises(false);
    for (const credential of this.#credentials) await authenticator.add(credential);
    this.#standing.set(page, authenticator);
  }
}

/** Runs in the page, before anything else does. */
function giveSecrets(): void {
  const own = globalThis as unknown as {
    passkeysAreReady(): Promise<string>;
    passkeyWasMade(): Promise<void>;
  };
  type Prf = {
    eval?: { first: Uint8Array<ArrayBuffer> };
    evalByCredential?: Record<string, { first: Uint8Array<ArrayBuffer> }>;
  };
  const { create, get } = CredentialsContainer.prototype;
  const withSecret = async (credential: Credential | null, seed: string, prf: Prf | undefined) => {
    const salt = prf?.evalByCredential?.[credential?.id ?? ""]?.first ?? prf?.eval?.first;
    if (!(credential instanceof PublicKeyCredential) || salt === undefined) return credential;
    const raw = new TextEncoder().encode(`${seed} ${credential.id}`);
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const first = await crypto.subtle.sign("HMAC", key, salt);
    credential.getClientExtensionResults = () => ({ prf: { enabled: true, results: { first } } });
    return credential;
  };
  CredentialsContainer.prototype.create = async function (options) {
    const seed = await own.passkeysAreReady();
    const made = await create.call(this, options);
    await own.passkeyWasMade();
    return withSecret(made, seed, options?.publicKey?.extensions?.prf as Prf);
  };
  CredentialsContainer.prototype.get = async function (options) {
    const seed = await own.passkeysAreReady();
    return withSecret(await get.call(this, options), seed, options?.publicKey?.extensions?.prf as Prf);
  };
}
