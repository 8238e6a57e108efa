import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { type Bytes, base64urlToBytes } from "../../shared/bytes.ts";
import type { InvitationCode } from "../../shared/group/invitation-code.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import { value } from "../groups/device.ts";
import { codeAt, newOwnDevice, type OwnDevice } from "../groups/own-device.ts";
import { type Served, serve } from "../server/served.ts";
import { beginEvil, type Evil } from "./evil.ts";

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

export type Device = OwnDevice;
export let alice: Device;

/** A device with a vault of its own and no server yet. */
export const newDevice = () => newOwnDevice(PASSPHRASE);

export const newCode = () => codeAt(db, served, evil.origin);

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

export async function secretsOf({ db, keys, stored }: OwnDevice) {
  const row = await db.servers.get(serverId);
  if (!row) throw Error("not connected");
  return value(await stored.openServer(await keys.requireVaultKey(), row));
}

export async function dumpOf({ db }: OwnDevice) {
  return Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
}

const WRITES = /^user\.(finishRegistration|replace|change|recover|finish(?!SignIn))/;

/** Does something that must be refused: nothing that is stored has changed then, and no keys were made or sent. */
export async function refused(device: OwnDevice, act: () => Promise<{ ok: boolean; error?: unknown }>) {
  const before = await dumpOf(device);
  evil.exchanges.length = 0;
  const outcome = await act();
  expect(outcome.ok).toBe(false);
  expect(await dumpOf(device)).toEqual(before);
  expect(evil.exchanges.map(({ path }) => path).filter((path) => WRITES.test(path))).toEqual([]);
  return outcome.error;
}

export const signInAgain = () => alice.again.signInAgain(serverId, PASSPHRASE);
export const connectAnother = async (device: OwnDevice, with_ = kit) =>
  device.connect.connectWithKit({
    origin: evil.origin,
    email: EMAIL,
    passphrase: PASSPHRASE,
    kit: await formatKit(with_),
  });
