import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client, server as opaque } from "@serenity-kit/opaque";
import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { type InvitationCode, serverPrint } from "../../shared/group/invitation-code.ts";
import { accountKeyOf, formatKit } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, unwrapDek, wrapDek } from "../../shared/identity/wrap.ts";
import { value } from "../groups/device.ts";
import { type Served, serve } from "../server/served.ts";
import { random } from "../shared/group/people.ts";
import { beginEvil, type Evil } from "./evil.ts";
import { fakeWorkers } from "./packaged-worker.ts";

vi.mock("../../extension/platform/packaged-worker.ts", () => fakeWorkers());
// What is tested is what the client does with what a server says of it: nothing (A10).
vi.mock("../../extension/servers/key-stretching.ts", () => ({
  KEY_STRETCHING: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
}));
vi.mock("hash-wasm", async (original) => {
  const real = await original<typeof import("hash-wasm")>();
  const known = new Map<string, ReturnType<typeof real.argon2id>>();
  const argon2id: typeof real.argon2id = (options) => {
    const name = JSON.stringify(options);
    const before = known.get(name) ?? real.argon2id(options);
    known.set(name, before);
    return before;
  };
  return { ...real, argon2id };
});

const PASSPHRASE = "canary passphrase of alice";
const EMAIL = "alice@example.com";

let folder = "";
let db: Database;
let served: Served;
let evil: Evil;
let code: InvitationCode;
/** The recovery key. */
let kit: Bytes;
let serverId = "";

async function modules() {
  return {
    db: (await import("../../extension/vault/db.ts")).db,
    vaults: await import("../../extension/vault/create-vault.ts"),
    keys: await import("../../extension/vault/vault-key.ts"),
    register: await import("../../extension/servers/register.ts"),
    connect: await import("../../extension/servers/connect-device.ts"),
    stored: await import("../../extension/servers/stored-server.ts"),
    keep: await import("../../extension/servers/keep-server.ts"),
  };
}

type Device = Awaited<ReturnType<typeof modules>>;
let alice: Device;

/** A device with a vault of its own and no server yet. */
async function newDevice(): Promise<Device> {
  vi.resetModules();
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const device = await modules();
  await device.vaults.createVaultWithPassphrase(PASSPHRASE);
  return device;
}

async function newCode(): Promise<InvitationCode> {
  const secret = random(20);
  const token = bytesToBase64url((await invitationKeys(secret)).register);
  await allowRegistration(db, token, Date.now() + 60_000);
  const staticKey = value(base64urlToBytes(opaque.getPublicKey(served.secret.opaqueSetup)));
  const server = await serverPrint(served.secret.serverId, staticKey);
  return { kind: "set-up", origin: evil.origin, secret, server };
}

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

async function secretsOf({ db, keys, stored }: Device) {
  const row = await db.servers.get(serverId);
  if (!row) throw Error("not connected");
  return value(await stored.openServer(await keys.requireVaultKey(), row));
}

async function dumpOf({ db }: Device) {
  return Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
}

const WRITES = /^user\.(finishRegistration|replace|change|finish(?!SignIn))/;

/** Does something that must be refused: nothing that is stored has changed then, and no keys were made or sent. */
async function refused(device: Device, act: () => Promise<{ ok: boolean; error?: unknown }>) {
  const before = await dumpOf(device);
  evil.exchanges.length = 0;
  const outcome = await act();
  expect(outcome.ok).toBe(false);
  expect(await dumpOf(device)).toEqual(before);
  expect(evil.exchanges.map(({ path }) => path).filter((path) => WRITES.test(path))).toEqual([]);
  return outcome.error;
}

const signInAgain = () => alice.connect.signInAgain(serverId, PASSPHRASE);
const connectAnother = async (device: Device, with_ = kit) =>
  device.connect.connectWithKit({
    origin: evil.origin,
    email: EMAIL,
    passphrase: PASSPHRASE,
    kit: await formatKit(with_),
  });

test("without a lie a person signs in again, and connects another device", async () => {
  expect(await signInAgain()).toEqual({ ok: true, value: undefined });
  const another = await newDevice();
  expect(await connectAnother(another)).toMatchObject({ ok: true });
  expect((await secretsOf(another)).bundle).toEqual((await secretsOf(alice)).bundle);
});

describe("A7 a person's own keys are theirs, whatever the server has", () => {
  test("A7 a server that knows of none leads to no new ones", async () => {
    evil.refuse("user.bundle", "NOT_FOUND", "NOT_FOUND");
    expect(await refused(alice, signInAgain)).toEqual({ refused: "not-found" });
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another))).toEqual({ refused: "not-found" });
  });

  test("A7 an answer without any is none", async () => {
    evil.on("user.bundle", () => null);
    expect(await refused(alice, signInAgain)).toBe("not-a-server");
  });

  test("A7 keys that the server has made are not opened", async () => {
    const kek = await passwordKek(
      { exportKey: random(64), accountKey: random(32) },
      { serverId, userId: "u" },
    );
    const wrapped = bytesToBase64url(await wrapDek(kek, newDek()));
    evil.on("user.bundle", (own) => ({ ...own, wrappedByPassword: wrapped }));
    expect(await refused(alice, signInAgain)).toBe("wrong-kit");
  });

  test("A7 a bundle in the place of theirs is not opened", async () => {
    evil.on("user.bundle", (own) => ({ ...own, bundle: bytesToBase64url(random(1_100)) }));
    expect(await refused(alice, signInAgain)).toBe("keys-damaged");
    evil.on("user.bundle", (own) => ({ ...own, ver: own.ver + 1 }));
    expect(await refused(alice, signInAgain)).toBe("keys-damaged");
  });

  test("A7 a bundle that is older than what was seen is refused", async () => {
    const { bundle } = await secretsOf(alice);
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle: { ...bundle, ver: 2 } }));
    expect(await refused(alice, signInAgain)).toBe("rolled-back");
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle }));
  });
});

describe("what is wrapped opens with what the person has, and with nothing else", () => {
  test("A9 the wrap for the kit opens with the kit alone", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    const owner = { serverId, userId: row.user_id };
    const wrapped = new Uint8Array(row.wrapped_by_kit);
    expect((await unwrapDek(await kitKek(kit, owner), wrapped)).ok).toBe(true);
    expect(await unwrapDek(await kitKek(random(20), owner), wrapped)).toEqual({
      ok: false,
      error: "wrong-key",
    });
  });

  test("A22 a wrap that was made for another key is told before anything is decrypted", async () => {
    evil.on("user.bundle", (own) => {
      const bytes = Buffer.from(own.wrappedByPassword, "base64url");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return { ...own, wrappedByPassword: bytes.toString("base64url") };
    });
    expect(await refused(alice, signInAgain)).toBe("wrong-kit");
  });

  test("A23 who has the whole database, and even the password, opens nothing without the account key", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    // With a server of one's own around the database, but without its secret file, no password can be tried.
    const login = client.startLogin({ password: PASSPHRASE });
    const { loginResponse } = opaque.startLogin({
      serverSetup: opaque.createSetup(),
      registrationRecord: row.record,
      startLoginRequest: login.startLoginRequest,
      userIdentifier: row.login_id,
      identifiers: { client: row.login_id, server: serverId },
    });
    const tried = client.finishLogin({
      clientLoginState: login.clientLoginState,
      loginResponse,
      password: PASSPHRASE,
      identifiers: { client: row.login_id, server: serverId },
      keyStretching: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
    });
    expect(tried).toBeUndefined();
    const owner = { serverId, userId: row.user_id };
    const guess = await passwordKek(
      { exportKey: random(64), accountKey: await accountKeyOf(random(20)) },
      owner,
    );
    expect((await unwrapDek(guess, new Uint8Array(row.wrapped_by_password))).ok).toBe(false);
  });

  test("A23 the account key, too, is asked for: another kit opens nothing, with the right passphrase", async () => {
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another, random(20)))).toBe("wrong-kit");
  });
});

describe("A10 how a password is stretched is no server's to say", () => {
  test("A10 a server that names another cost is refused", async () => {
    evil.on("user.startSignIn", (started) => ({ ...started, keyStretching: "identity" }));
    expect(await refused(alice, signInAgain)).toBe("not-a-server");
  });

  test("A10 the cost is a constant, not below what is recommended", async () => {
    const { KEY_STRETCHING } = await vi.importActual<
      typeof import("../../extension/servers/key-stretching.ts")
    >("../../extension/servers/key-stretching.ts");
    const { iterations, memory } = KEY_STRETCHING["argon2id-custom"];
    expect(iterations).toBeGreaterThanOrEqual(3);
    expect(memory).toBeGreaterThanOrEqual(64 * 1024);
  });
});

describe("A24 a server is the one that it was", () => {
  const other = () => opaque.getPublicKey(opaque.createSetup());
  const asOther = (patch: object) =>
    evil.instead("hello" as never, (response) => {
      const real = { product: "countersign", protocol: 1, serverId, staticKey: other(), ...patch };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ result: { data: real } }));
    });

  test("A24 another key is refused before anything is sent", async () => {
    asOther({});
    expect(await refused(alice, signInAgain)).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 another name is refused before anything is sent", async () => {
    asOther({ serverId: "elsewhere", staticKey: opaque.getPublicKey(served.secret.opaqueSetup) });
    expect(await refused(alice, signInAgain)).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 who comes with a code registers at no other server than it names", async () => {
    asOther({});
    const device = await newDevice();
    const wish = { code: await newCode(), email: "bob@example.com", passphrase: PASSPHRASE };
    expect(await refused(device, () => device.register.registerWithCode(wish))).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 a registration that another server's key answers is not ended", async () => {
    const setup = opaque.createSetup();
    evil.on("user.startRegistration", (started, input) => ({
      ...started,
      response: opaque.createRegistrationResponse({
        serverSetup: setup,
        userIdentifier: started.loginId,
        registrationRequest: input.request,
      }).registrationResponse,
    }));
    const device = await newDevice();
    const wish = { code: await newCode(), email: "bob@example.com", passphrase: PASSPHRASE };
    expect(await refused(device, () => device.register.registerWithCode(wish))).toBe("another-server");
  });

  test("A24 a sign-in that another server's key answers is not recognised", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    const setup = opaque.createSetup();
    evil.on("user.startSignIn", (started, input) => ({
      ...started,
      response: opaque.startLogin({
        serverSetup: setup,
        registrationRecord: row.record,
        startLoginRequest: input.request,
        userIdentifier: row.login_id,
        identifiers: { client: row.login_id, server: serverId },
      }).loginResponse,
    }));
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another))).toBe("not-recognised");
  });
});

test("the passphrase, the kit and the keys never went over the wire, and are not in the database", async () => {
  const { bundle, accountKey } = await secretsOf(alice);
  const files = await Promise.all(
    ["accounts.sqlite", "accounts.sqlite-wal"].map((name) => readFile(join(folder, name), "latin1")),
  );
  const another = await newDevice();
  evil.exchanges.length = 0;
  value(await connectAnother(another));
  const wire = evil.exchanges
    .map(({ url, body, answer }) => decodeURIComponent(url) + body + answer)
    .join("\n");
  expect(wire.length).toBeGreaterThan(1_000);
  const hidden = [
    PASSPHRASE,
    Buffer.from(PASSPHRASE).toString("base64url").slice(0, -2),
    bytesToBase64url(kit),
    await formatKit(kit),
    accountKey,
    bundle.signingSeed,
    bundle.openingSecret,
  ].flatMap((text) => [text, Buffer.from(text, "base64url").toString("latin1")]);
  for (const text of hidden) for (const where of [...files, wire]) expect(where.includes(text)).toBe(false);
});
