import "./quick-passphrases.ts";
import { server as opaque } from "@serenity-kit/opaque";
import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { vi } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { type InvitationCode, serverPrint } from "../../shared/group/invitation-code.ts";
import type { Served } from "../server/served.ts";
import { random } from "../shared/group/people.ts";
import { running, value } from "./device.ts";

async function modules() {
  return {
    db: (await import("../../extension/vault/db.ts")).db,
    vaults: await import("../../extension/vault/create-vault.ts"),
    unlock: await import("../../extension/vault/unlock.ts"),
    keys: await import("../../extension/vault/vault-key.ts"),
    entries: await import("../../extension/vault/entries.ts"),
    register: await import("../../extension/servers/register.ts"),
    connect: await import("../../extension/servers/connect-device.ts"),
    again: await import("../../extension/servers/sign-in-again.ts"),
    sessions: await import("../../extension/servers/sessions.ts"),
    connection: await import("../../extension/servers/connection.ts"),
    everywhere: await import("../../extension/servers/change-everywhere.ts"),
    recover: await import("../../extension/servers/recover.ts"),
    kit: await import("../../extension/servers/kit.ts"),
    newKit: await import("../../extension/servers/new-kit.ts"),
    unheard: await import("../../extension/servers/unheard-kits.ts"),
    pendingKit: await import("../../extension/servers/pending-kit.ts"),
    email: await import("../../extension/servers/change-email.ts"),
    deviceCode: await import("../../extension/servers/device-code.ts"),
    replace: await import("../../extension/servers/replace-keys.ts"),
    bundle: await import("../../extension/servers/bundle.ts"),
    stored: await import("../../extension/servers/stored-server.ts"),
    keep: await import("../../extension/servers/keep-server.ts"),
    factors: await import("../../extension/servers/factors.ts"),
    factorSession: await import("../../extension/servers/factor-session.ts"),
    factorReset: await import("../../extension/servers/factor-reset.ts"),
    create: await import("../../extension/groups/create-group.ts"),
    invite: await import("../../extension/groups/invite.ts"),
    members: await import("../../extension/groups/members.ts"),
    place: await import("../../extension/groups/place-entries.ts"),
    sync: await import("../../extension/groups/sync.ts"),
  };
}

/** A browser with a vault under a passphrase and no server yet: what people do there with servers, as they do it. */
export type OwnDevice = Awaited<ReturnType<typeof modules>>;

export async function newOwnDevice(passphrase: string): Promise<OwnDevice> {
  vi.resetModules();
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const device = inBrowser(`own device ${made++}`, await modules());
  await device.vaults.createVaultWithPassphrase(passphrase);
  return device;
}

let made = 0;

/** The same modules, whose functions run as on a device with locks of its own; two calls at once are two pages of it. */
function inBrowser(name: string, device: OwnDevice): OwnDevice {
  const inside = <T extends object>(module: T): T =>
    new Proxy(module, {
      get: (_, property) => {
        const exported: unknown = Reflect.get(module, property);
        if (typeof exported !== "function") return exported;
        return (...given: unknown[]) => running.run(name, () => exported(...given));
      },
    });
  const { db, ...modules } = device;
  const wrapped = Object.entries(modules).map(([key, module]) => [key, inside(module)]);
  return { ...device, ...Object.fromEntries(wrapped) };
}

/** A code that registers one person. @param origin by which they reach the server */
export async function codeAt(db: Database, served: Served, origin: string): Promise<InvitationCode> {
  const secret = random(20);
  const token = bytesToBase64url((await invitationKeys(secret)).register);
  await allowRegistration(db, token, Date.now() + 60_000);
  const staticKey = value(base64urlToBytes(opaque.getPublicKey(served.secret.opaqueSetup)));
  const server = await serverPrint(served.secret.serverId, staticKey);
  return { kind: "set-up", origin, secret, server };
}
