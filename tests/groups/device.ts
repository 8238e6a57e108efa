import { AsyncLocalStorage } from "node:async_hooks";
import { server as opaque } from "@serenity-kit/opaque";
import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { vi } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { importPrivateKey } from "../../shared/crypto/private-key.ts";
import { importSigningKey } from "../../shared/crypto/signature.ts";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import type { Served } from "../server/served.ts";
import { type Person, random } from "../shared/group/people.ts";

/** Which device does what is being done: each has locks of its own, as each browser has. */
export const running = new AsyncLocalStorage<string>();

const ownName = () => `${running.getStore() ?? "nobody"} `;

const { locks } = navigator;
vi.stubGlobal("navigator", {
  onLine: true,
  locks: {
    request: (name: string, ...others: [() => Promise<unknown>]) =>
      locks.request(`${ownName()}${name}`, ...others),
    query: async () => {
      const { held = [] } = await locks.query();
      const own = held.filter(({ name }) => name?.startsWith(ownName()));
      return { held: own.map(({ name }) => ({ name: name?.slice(ownName().length) })) };
    },
  },
});

async function loadModules() {
  return {
    db: (await import("../../extension/vault/db.ts")).db,
    vaults: await import("../../extension/vault/create-vault.ts"),
    keys: await import("../../extension/vault/vault-key.ts"),
    entries: await import("../../extension/vault/entries.ts"),
    commit: await import("../../extension/vault/commit.ts"),
    edit: await import("../../extension/vault/edit-entry.ts"),
    replace: await import("../../extension/vault/replace-entry.ts"),
    rows: await import("../../extension/vault/all-rows.ts"),
    hotp: await import("../../extension/vault/hotp.ts"),
    trash: await import("../../extension/vault/trash.ts"),
    servers: await import("../../extension/servers/stored-server.ts"),
    keep: await import("../../extension/servers/keep-server.ts"),
    create: await import("../../extension/groups/create-group.ts"),
    personal: await import("../../extension/groups/make-personal.ts"),
    act: await import("../../extension/groups/act.ts"),
    lock: await import("../../extension/groups/sync-lock.ts"),
    gather: await import("../../extension/groups/gather-strays.ts"),
    invitations: await import("../../extension/groups/stored-invitation.ts"),
    keepAll: await import("../../extension/groups/keep-everything.ts"),
    placing: await import("../../extension/entrypoints/page/codes/place-and-say.ts"),
    why: await import("../../extension/screens/why-not-changed.ts"),
    sync: await import("../../extension/groups/sync.ts"),
    progress: await import("../../extension/groups/sync-progress.ts"),
    alarm: await import("../../extension/groups/sync-alarm.ts"),
    fakeApi: (await import("../support/fake-extension-api.ts")).fakeApi,
    again: await import("../../extension/groups/send-again.ts"),
    place: await import("../../extension/groups/place-entries.ts"),
    invite: await import("../../extension/groups/invite.ts"),
    accept: await import("../../extension/groups/accept-invitation.ts"),
    reserve: await import("../../extension/groups/reserve-counter.ts"),
    counting: await import("../../extension/worker/shared-counter.ts"),
    members: await import("../../extension/groups/members.ts"),
    rotate: await import("../../extension/groups/rotate.ts"),
    takeKeys: await import("../../extension/groups/take-new-keys.ts"),
    register: await import("../../extension/servers/register.ts"),
    connect: await import("../../extension/servers/connect-device.ts"),
    signIn: await import("../../extension/servers/sign-in-again.ts"),
    bundles: await import("../../extension/servers/bundle.ts"),
    view: await import("../../extension/groups/group-view.ts"),
    records: await import("../../extension/groups/records.ts"),
    reenrolments: await import("../../extension/groups/reenrolments.ts"),
    secrets: await import("../../extension/groups/secrets.ts"),
    rename: await import("../../extension/groups/rename-group.ts"),
    forget: await import("../../extension/groups/forget-group.ts"),
    labels: await import("../../extension/groups/group-labels.ts"),
    ownAddress: await import("../../extension/groups/own-address.ts"),
    waiting: await import("../../extension/groups/waiting-changes.ts"),
  };
}

export type Modules = Awaited<ReturnType<typeof loadModules>>;

/** A browser with a vault of its own, in which the extension's own code runs; its database is one in memory. */
export type Device = {
  readonly userId: string;
  /** Does something on it. */
  run<T>(work: (modules: Modules) => Promise<T>): Promise<T>;
  sync(): ReturnType<Modules["sync"]["syncServer"]>;
  /** What its person sees: issuer, account and note of each entry outside the trash, sorted. */
  shown(): Promise<string[]>;
  add(draft: Partial<EntryDraft>): Promise<string>;
};

/** Somebody's seeds, so that they can have several devices. */
export type User = {
  readonly email: string;
  readonly userId: string;
  readonly seeds: { readonly signing: string; readonly opening: string };
};

/** Registers somebody. */
export async function newUser(served: Served, email: string): Promise<User> {
  const [signingSeed, openingSecret] = [random(32), random(32)];
  const [signing, opening] = [
    await importSigningKey(signingSeed),
    await importPrivateKey("X25519", openingSecret),
  ];
  const person: Person = {
    id: crypto.randomUUID(),
    signing,
    opening,
    sig: bytesToBase64url(signing.publicKey),
    enc: bytesToBase64url(opening.publicKey),
  };
  const { id } = await served.join(email, person);
  const seeds = { signing: bytesToBase64url(signingSeed), opening: bytesToBase64url(openingSecret) };
  return { email, userId: id, seeds };
}

/** An entry to change something of. */
export const DRAFT: EntryDraft = {
  type: "totp",
  issuer: "AWS",
  account: "root",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
};

let made = 0;

/** What opens a person's things on all their devices; the first device makes it, the others have it from the kit. */
async function ownKeysOf(user: User, like: Device | undefined) {
  const known = await like?.run(async ({ db, keys, servers }) => {
    const [row] = await db.servers.toArray();
    return row && value(await servers.openServer(await keys.requireVaultKey(), row));
  });
  if (known) return { bundle: known.bundle, bundleKey: known.bundleKey };
  const { signing: signingSeed, opening: openingSecret } = user.seeds;
  const bundle = { version: 1 as const, userId: user.userId, ver: 1, signingSeed, openingSecret };
  return { bundle: { ...bundle, groups: {}, contacts: {} }, bundleKey: bytesToBase64url(random(32)) };
}

/** A browser without a vault yet. */
export async function startBrowser(): Promise<Device["run"]> {
  const name = `device ${made++}`;
  vi.resetModules();
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const modules = await loadModules();
  return (work) => running.run(name, () => work(modules));
}

/** A new device that is signed in. @param like another one of the same person */
export async function newDevice(served: Served, user: User, like?: Device): Promise<Device> {
  const run = await startBrowser();
  const serverId = served.secret.serverId;
  await run(async ({ vaults, keys, servers, db }) => {
    await vaults.createVault();
    const facts = {
      id: serverId,
      origin: served.origin,
      staticKey: opaque.getPublicKey(served.secret.opaqueSetup),
      userId: user.userId,
    };
    const secrets = {
      token: await served.signIn(user.email),
      loginId: "",
      email: user.email,
      connectedAt: 0,
      accountKey: bytesToBase64url(random(32)),
      ...(await ownKeysOf(user, like)),
      hasVaultPassphrase: true,
      uncheckedKit: null,
      invitation: null,
    };
    await db.servers.put(await servers.sealServer(await keys.requireVaultKey(), facts, secrets));
  });
  return deviceIn(run, user.userId, serverId);
}

/** A device, from a browser that is connected. */
export function deviceIn(run: Device["run"], userId: string, serverId: string): Device {
  return {
    userId,
    run,
    sync: () => run(({ sync }) => sync.syncServer(serverId)),
    shown: () =>
      run(async ({ entries }) => {
        const rows = (await entries.readIndex()).filter(({ deletedAt }) => deletedAt === null);
        const opened = await entries.readEntries(rows.map(({ id }) => id));
        return [...opened.values()]
          .map((entry) =>
            entry.ok
              ? `${entry.value.issuer} ${entry.value.account} ${entry.value.note}`.trim()
              : entry.error,
          )
          .sort();
      }),
    add: (draft) =>
      run(async ({ entries }) => {
        const [id] = await entries.addEntries([{ ...DRAFT, ...draft }], { now: Date.now() });
        return id ?? "";
      }),
  };
}

/** The value of something that went well; throws the reason where it did not. */
export function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
