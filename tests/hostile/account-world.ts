import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { server as opaque } from "@serenity-kit/opaque";
import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { type InvitationCode, serverPrint } from "../../shared/group/invitation-code.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import { value } from "../groups/device.ts";
import { type Served, serve } from "../server/served.ts";
import { random } from "../shared/group/people.ts";
import { beginEvil, type Evil } from "./evil.ts";
import "./quick-stretching.ts";

export const PASSPHRASE = "canary passphrase of alice";
export const EMAIL = "alice@example.com";

export let folder = "";
export let db: Database;
export let served: Served;
export let evil: Evil;
export let code: InvitationCode;
/** The recovery key. */
export let kit: Bytes;
export let serverId = "";

async function modules() {
  return {
    db: (await import("../../extension/vault/db.ts")).db,
    vaults: await import("../../extension/vault/create-vault.ts"),
    keys: await import("../../extension/vault/vault-key.ts"),
    register: await import("../../extension/servers/register.ts"),
    connect: await import("../../extension/servers/connect-device.ts"),
    bundles: await import("../../extension/servers/bundle.ts"),
    replace: await import("../../extension/servers/replace-keys.ts"),
    stored: await import("../../extension/servers/stored-server.ts"),
    keep: await import("../../extension/servers/keep-server.ts"),
  };
}

type Device = Awaited<ReturnType<typeof modules>>;
export let alice: Device;

/** A device with a vault of its own and no server yet. */
export async function newDevice(): Promise<Device> {
  vi.resetModules();
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const device = await modules();
  await device.vaults.createVaultWithPassphrase(PASSPHRASE);
  return device;
}

export async function newCode(): Promise<InvitationCode> {
  const secret = random(20);
  const token = bytesToBase64url((await invitationKeys(secret)).register);
  await allowRegistration(db, token, Date.now() + 60_000);
  const staticKey = value(base64urlToBytes(opaque.getPublicKey(served.secret.opaqueSetup)));
  const server = await serverPrint(served.secret.serverId, staticKey);
  return { kind: "set-up", origin: evil.origin, secret, server };
}

/** Every file that calls this has a person who is registered at a server that can be made to lie. */
export function inAccountWorld(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-accounts-"));
    db = await openDatabase(join(folder, "accounts.sqlite"));
    served = await serve(db);
    evil = await beginEvil(served.origin, db);
    code = await newCode();
    alice = await newDevice();
    const wish = { code, email: EMAIL, passphrase: PASSPHRASE };
    serverId = value(await alice.register.registerWithCode(wish)).serverId;
    kit = value(base64urlToBytes((await secretsOf(alice)).uncheckedKit ?? ""));
  }, 180_000);
  afterEach(async () => {
    evil.reset();
    await db.deleteFrom("rate_limit").execute();
  });
  afterAll(async () => {
    await evil.close();
    await served.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  });
}

export async function secretsOf({ db, keys, stored }: Device) {
  const row = await db.servers.get(serverId);
  if (!row) throw Error("not connected");
  return value(await stored.openServer(await keys.requireVaultKey(), row));
}

export async function dumpOf({ db }: Device) {
  return Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
}

const WRITES = /^user\.(finishRegistration|replace|change|finish(?!SignIn))/;

/** Does something that must be refused: nothing that is stored has changed then, and no keys were made or sent. */
export async function refused(device: Device, act: () => Promise<{ ok: boolean; error?: unknown }>) {
  const before = await dumpOf(device);
  evil.exchanges.length = 0;
  const outcome = await act();
  expect(outcome.ok).toBe(false);
  expect(await dumpOf(device)).toEqual(before);
  expect(evil.exchanges.map(({ path }) => path).filter((path) => WRITES.test(path))).toEqual([]);
  return outcome.error;
}

export const signInAgain = () => alice.connect.signInAgain(serverId, PASSPHRASE);
export const connectAnother = async (device: Device, with_ = kit) =>
  device.connect.connectWithKit({
    origin: evil.origin,
    email: EMAIL,
    passphrase: PASSPHRASE,
    kit: await formatKit(with_),
  });
