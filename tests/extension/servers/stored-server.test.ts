import { describe, expect, it } from "vitest";
import { listServers, openConnection, readServers } from "../../../extension/servers/connection.ts";
import { keepServer, keyForServers } from "../../../extension/servers/keep-server.ts";
import { checkKit, readKit } from "../../../extension/servers/kit.ts";
import type { ServerSecrets } from "../../../extension/servers/stored-server.ts";
import { db } from "../../../extension/vault/db.ts";
import { eraseEverything } from "../../../extension/vault/erase.ts";
import { lock } from "../../../extension/vault/lock.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
} from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { accountKeyOf, formatKit, newRecoveryKey } from "../../../shared/identity/recovery-key.ts";
import { dumpDatabase, startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();
const PASSPHRASE = "alice keeps four random words";
const SERVER = { id: "s", origin: "https://codes.example.com", staticKey: "AAAA", userId: "alice" };
const random = () => bytesToBase64url(crypto.getRandomValues(new Uint8Array(32)));

/** Connected, with a kit that was not checked. */
async function connected(patch: Partial<ServerSecrets> = {}): Promise<string> {
  await createVaultWithPassphrase(PASSPHRASE);
  const recoveryKey = newRecoveryKey();
  const accountKey = bytesToBase64url(await accountKeyOf(recoveryKey));
  await keepServer(await requireVaultKey(), SERVER, () => ({
    token: "the token of alice's session",
    loginId: "login",
    email: "alice@example.com",
    connectedAt: 1,
    accountKey,
    bundle: {
      version: 1,
      userId: "alice",
      ver: 1,
      signingSeed: random(),
      openingSecret: random(),
      groups: {},
      contacts: {},
    },
    bundleKey: random(),
    hasVaultPassphrase: true,
    uncheckedKit: bytesToBase64url(recoveryKey),
    invitation: null,
    ...patch,
  }));
  return formatKit(recoveryKey);
}

describe("what is kept of a server", () => {
  it("opens with the vault alone, and says nothing of session, address or keys in clear", async () => {
    await connected();
    const [server] = await readServers();
    expect(await listServers()).toEqual([
      { id: "s", origin: SERVER.origin, email: "alice@example.com", isSignedIn: true },
    ]);
    const stored = await dumpDatabase();
    for (const secret of [
      "the token of alice",
      "alice@example.com",
      server?.secrets?.bundle.signingSeed ?? "",
      server?.secrets?.accountKey ?? "",
    ])
      expect(stored).not.toContain(secret);
    expect(await openConnection("s")).toMatchObject({ ok: true, value: { userId: "alice" } });
    await lock("by-hand");
    expect(await openConnection("s")).toEqual({ ok: false, error: "locked" });
    expect(await openConnection("elsewhere")).toEqual({ ok: false, error: "not-connected" });
  });

  it("opens in place of no other server and of nobody else", async () => {
    await connected();
    for (const patch of [{ origin: "https://eve.example.com" }, { staticKey: "BBBB" }, { userId: "eve" }]) {
      await db.servers.update("s", patch);
      expect((await readServers())[0]?.secrets).toBeNull();
      expect(await openConnection("s")).toEqual({ ok: false, error: "signed-out" });
      await db.servers.update("s", SERVER);
    }
    expect((await openConnection("s")).ok).toBe(true);
  });

  it("has no session where the person has signed out", async () => {
    await connected({ token: null });
    expect(await openConnection("s")).toEqual({ ok: false, error: "signed-out" });
  });

  it("is in no vault without a passphrase, and goes with everything else", async () => {
    expect(await keyForServers()).toEqual({ ok: false, error: "no-passphrase" });
    await createVault();
    expect(await keyForServers()).toEqual({ ok: false, error: "no-passphrase" });
    await db.servers.put({ ...SERVER, sealed: new Uint8Array(40) });
    await expect(setFirstPassphrase(PASSPHRASE)).rejects.toThrow("a server is connected");
    await eraseEverything();
    expect(await db.servers.count()).toBe(0);
  });

  it("has the recovery key until it was typed back, and never again", async () => {
    const letters = await connected();
    expect(await readKit("s")).toMatchObject({
      letters,
      qrText: `${letters}\n${SERVER.origin}\nalice@example.com`,
    });
    const another = await formatKit(newRecoveryKey());
    expect(await checkKit("s", another)).toEqual({ ok: false, error: "another-kit" });
    expect(await checkKit("s", letters.slice(0, 20))).toMatchObject({ ok: false });
    expect(await readKit("s")).not.toBeNull();
    expect((await checkKit("s", ` ${letters.toLowerCase().replaceAll("-", "\n")} `)).ok).toBe(true);
    expect(await readKit("s")).toBeNull();
    expect((await readServers())[0]?.secrets).toMatchObject({
      uncheckedKit: null,
      email: "alice@example.com",
    });
  });
});
