import { addEntries, recordUse } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { DEFAULT_COST } from "../../../extension/vault/passphrase-slot.ts";
import { createVaultWithPassphrase, unlock } from "../../../extension/vault/unlock.ts";
import { argon2id } from "../../../shared/crypto/kdf.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";

/**
 * The vault's own code, bundled for the debugger to evaluate in a page of the extension: vaults are filled through the
 * same functions that the product calls, and the product carries nothing for it.
 */
const benchVault = {
  /** Makes a vault with that many entries, one of them bound to the host, unlocked until the browser closes. */
  async fill(passphrase: string, count: number, host: string): Promise<void> {
    await createVaultWithPassphrase(passphrase);
    const now = Date.now();
    const ids = await addEntries(
      Array.from({ length: count }, (_, at) => draft(at, host)),
      { now },
    );
    for (const id of ids.slice(0, 10)) await recordUse(id, now);
  },
  async lock(): Promise<void> {
    await lock("by-hand");
  },
  async unlock(passphrase: string): Promise<void> {
    const result = await unlock(passphrase);
    if (!result.ok) throw Error(result.error);
  },
  /** One bare Argon2id with the parameters of a passphrase slot. @returns milliseconds */
  async stretch(): Promise<number> {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const started = performance.now();
    await argon2id(new TextEncoder().encode("correct horse battery"), salt, DEFAULT_COST);
    return performance.now() - started;
  },
};
export type BenchVault = typeof benchVault;
Object.assign(globalThis, { benchVault });

const KNOWN = [
  "GitHub",
  "GitLab",
  "Google",
  "Amazon Web Services",
  "Microsoft",
  "Dropbox",
  "Cloudflare",
  "npm",
];
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Names, sites and tags as people have them: every fourth of a service with a mark of its own, most with a site. */
function draft(at: number, host: string): EntryDraft {
  const issuer = at % 4 === 0 ? (KNOWN[(at / 4) % KNOWN.length] ?? "") : `Service ${at}`;
  return {
    type: "totp",
    issuer,
    account: `${["alice", "bob", "eve"][at % 3]}+${at}@mail${at % 17}.example`,
    secret: Array.from({ length: 32 }, (_, place) => ALPHABET[((at >> (5 * (place % 3))) & 31) ^ place]).join(
      "",
    ),
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
    sites: at === 0 ? [host] : at % 5 === 4 ? [] : [`login.service${at}.example`],
    tags: at % 3 === 0 ? ["work"] : [],
  };
}
