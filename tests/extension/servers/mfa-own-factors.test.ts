import { describe, expect, it } from "vitest";
import { readServers } from "../../../extension/servers/connection.ts";
import { keepServer } from "../../../extension/servers/keep-server.ts";
import {
  accountsOf,
  isInVaultAlone,
  isLockedIn,
  putOff,
  rememberAuthenticator,
  sayElsewhere,
  saySeen,
} from "../../../extension/servers/own-factors.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import type { ListedFactor } from "../../../shared/mfa/answers.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { dumpDatabase, startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();

const factor = (patch: Partial<ListedFactor>): ListedFactor => ({
  ...{ id: "f", module: "totp", name: "Authenticator", status: "verified", strength: "strong" },
  ...{ isSpare: false, countsForSignIn: true, madeAt: 1, usedAt: 1 },
  ...patch,
});
const HERE = { factorId: "f", fingerprint: "print", isElsewhere: false };
const ROW = { fingerprint: "print", deletedAt: null };

describe("a second factor that lies in this vault alone", () => {
  it.for<[string, boolean, Parameters<typeof isInVaultAlone>]>([
    ["the only one", true, [{ authenticators: [HERE] }, [factor({})], [ROW]]],
    [
      "beside a weak one, which does not let anybody mend it",
      true,
      [
        { authenticators: [HERE] },
        [factor({}), factor({ id: "m", module: "email", strength: "weak" })],
        [ROW],
      ],
    ],
    [
      "beside one that was never proven",
      true,
      [{ authenticators: [HERE] }, [factor({}), factor({ id: "u", status: "unverified" })], [ROW]],
    ],
    [
      "beside recovery codes",
      false,
      [
        { authenticators: [HERE] },
        [factor({}), factor({ id: "r", module: "recovery", isSpare: true })],
        [ROW],
      ],
    ],
    [
      "beside recovery codes of a kind that is switched off",
      true,
      [
        { authenticators: [HERE] },
        [factor({}), factor({ id: "r", module: "recovery", strength: null, isSpare: false })],
        [ROW],
      ],
    ],
    [
      "beside a passkey",
      false,
      [{ authenticators: [HERE] }, [factor({}), factor({ id: "p", module: "webauthn" })], [ROW]],
    ],
    [
      "on another device too",
      false,
      [{ authenticators: [{ ...HERE, isElsewhere: true }] }, [factor({})], [ROW]],
    ],
    ["whose account was never kept", false, [{ authenticators: [HERE] }, [factor({})], []]],
    [
      "whose account is in the trash",
      false,
      [{ authenticators: [HERE] }, [factor({})], [{ ...ROW, deletedAt: 1 }]],
    ],
    ["that was set up on another device", false, [{}, [factor({})], [ROW]]],
    ["none at all", false, [{ authenticators: [HERE] }, [], [ROW]]],
  ])("%s: %s", ([, is, given]) => {
    expect(isInVaultAlone(...given)).toBe(is);
  });
});

describe("what is remembered of second factors", () => {
  const random = () => bytesToBase64url(crypto.getRandomValues(new Uint8Array(32)));
  const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const draft: EntryDraft = {
    ...{ type: "totp", secret: SECRET, issuer: "codes.example.com", account: "alice@example.com" },
    ...{ algorithm: "SHA1", digits: 6, period: 30, counter: null, pin: null },
  };
  async function connected(): Promise<void> {
    await createVaultWithPassphrase("alice keeps four random words");
    const server = { id: "s", origin: "https://codes.example.com", staticKey: "AAAA", userId: "alice" };
    await keepServer(await requireVaultKey(), server, () => ({
      ...{ token: "token", loginId: "login", email: "alice@example.com", connectedAt: 1 },
      ...{ accountKey: random(), bundleKey: random(), hasVaultPassphrase: true },
      ...{ uncheckedKit: null, invitation: null },
      bundle: {
        ...{ version: 1, userId: "alice", ver: 1, signingSeed: random(), openingSecret: random() },
        ...{ groups: {}, contacts: {} },
      },
    }));
  }
  const secrets = async () => {
    const [server] = await readServers();
    if (!server?.secrets) throw Error("not connected");
    return server.secrets;
  };

  it("tells by its secret whether the vault has it, however it came there, and keeps no secret for that", async () => {
    await connected();
    await rememberAuthenticator("s", "f", draft);
    expect(JSON.stringify(await secrets())).not.toContain(SECRET);
    expect(JSON.stringify(await dumpDatabase())).not.toContain(SECRET);
    expect(await isLockedIn(await secrets(), [factor({})])).toBe(false);
    // Typed in by hand later, under another name.
    const [id = ""] = await addEntries([{ ...draft, issuer: "The server" }], { now: 1 });
    expect(await isLockedIn(await secrets(), [factor({})])).toBe(true);
    expect([await accountsOf("s", "f"), await accountsOf("s", "g")]).toEqual([[id], []]);
    await moveToTrash([id], 2);
    expect(await accountsOf("s", "f")).toEqual([]);
    expect(await isLockedIn(await secrets(), [factor({})])).toBe(false);
  });

  it("asks no more once another device has it, nor about what was seen, nor about an offer that was put off", async () => {
    await connected();
    await rememberAuthenticator("s", "f", draft);
    await addEntries([draft], { now: 1 });
    await sayElsewhere("s");
    expect(await isLockedIn(await secrets(), [factor({})])).toBe(false);
    await saySeen("s", 20);
    await saySeen("s", 10);
    expect((await secrets()).factorsSeenAt).toBe(20);
    await putOff("s");
    expect((await secrets()).isFactorPutOff).toBe(true);
  });
});
