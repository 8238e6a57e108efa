import type { Table } from "dexie";
import { fetchLog } from "../../../extension/groups/fetch-log.ts";
import { askForNews } from "../../../extension/groups/news.ts";
import { rotateKey } from "../../../extension/groups/rotate.ts";
import { syncServer } from "../../../extension/groups/sync.ts";
import { syncProgressOf, watchSyncProgress } from "../../../extension/groups/sync-progress.ts";
import { type Api, apiOf } from "../../../extension/servers/api.ts";
import { sealServer } from "../../../extension/servers/stored-server.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { db } from "../../../extension/vault/db.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import type { Link } from "../../../shared/group/link.ts";
import type { DeviceFacts, DeviceReply, DeviceRequest } from "./device.ts";
import { askForAll, sealAnew, verifyBare } from "./floors.ts";
import { timed } from "./timed.ts";

/**
 * One device: the extension's own code, bundled for the debugger to evaluate in a page of the extension, with the browser's
 * own database and its own way to a server. What is measured is measured here, so that nothing of the debugger's is in it.
 */
let facts: DeviceFacts;
let api: Api;

/** Makes the vault of somebody who is signed in at the server, and in groups, as their other devices have told it. */
async function begin(given: DeviceFacts): Promise<void> {
  facts = given;
  const { server, user, groups } = facts;
  api = apiOf(server.origin, user.token);
  await createVault();
  const random = (bytes: number) => bytesToBase64url(crypto.getRandomValues(new Uint8Array(bytes)));
  const bundle = {
    ...{ version: 1 as const, userId: user.id, ver: 1, groups, contacts: {} },
    ...{ signingSeed: user.seeds.signing, openingSecret: user.seeds.opening },
  } as const;
  const secrets = {
    ...{ token: user.token, loginId: "", email: "alice@example.com", connectedAt: 0 },
    ...{ accountKey: random(32), bundle, bundleKey: random(32) },
    ...{ hasVaultPassphrase: true, uncheckedKit: null, invitation: null },
  } as const;
  await db.servers.put(await sealServer(await requireVaultKey(), { ...server, userId: user.id }, secrets));
}

async function sync(): Promise<void> {
  const synced = await syncServer(facts.server.id);
  if (!synced.ok) throw Error(`no sync: ${synced.error}`);
  const [trouble] = synced.value.troubles.values();
  if (trouble !== undefined) throw Error(`no sync: ${trouble}`);
}

/** How many times a group says, while it comes, how far it is. */
async function countProgress(g: string): Promise<number> {
  let said = 0;
  const stop = watchSyncProgress(() => {
    if (syncProgressOf(g) !== null) said++;
  });
  await sync().finally(stop);
  return said;
}

/** Verifies a log that is here already, page by page as a server gives it. Nothing is stored. */
async function verifyAll(g: string, links: readonly Link[], head: string): Promise<void> {
  const source = {
    links: async (from: number) => links.slice(from, from + 200),
    rotation: async () => null,
  };
  const verified = await fetchLog(source, { g, n: links.length - 1, head }, null);
  if (!verified.ok) throw Error(`not verified: ${verified.error}`);
}

/** As many rows as one changed record writes, as large as they are, into the same tables, in one transaction. */
async function writeBare(): Promise<number> {
  const log = [db.groupLinks, db.recordHeads, db.sharedRecords, db.groups];
  const tables = [...log, db.vault, db.entries, db.index] as unknown as readonly Table[];
  const rows = await Promise.all(tables.map((table) => table.limit(table === db.index ? 2 : 1).toArray()));
  return timed(() =>
    db.transaction("rw", [...tables], () =>
      Promise.all(tables.map((table, at) => table.bulkPut(rows[at] ?? []))),
    ),
  );
}

async function answer(request: DeviceRequest): Promise<number> {
  switch (request.kind) {
    case "empty":
      return timed(() => api.group.heads.query());
    case "news": {
      const rows = await db.groups.toArray();
      return timed(() => askForNews(api, rows));
    }
    case "sync":
      return timed(sync);
    case "progress":
      return countProgress(request.g);
    case "rotate":
      return timed(async () => {
        const rotated = await rotateKey(request.g);
        if (!rotated.ok) throw Error(`no new key: ${rotated.error}`);
      });
    case "verify":
      return timed(() => verifyAll(request.g, request.links, request.head));
    case "count":
      return db.entries.count();
    case "bare-write":
      return writeBare();
    case "bare-verify":
      return verifyBare(facts.user.sig, request.links);
    case "bare-ask":
      return timed(() => askForAll(api, request.g, request.hashes));
    case "bare-seal":
      return timed(() => sealAnew(request.g, request.people, request.records));
  }
}

/** Asked by text, as the debugger evaluates it. */
const benchDevice = {
  begin: (text: string): Promise<void> => begin(JSON.parse(text)),
  async ask(text: string): Promise<DeviceReply> {
    try {
      return { ok: true, value: await answer(JSON.parse(text)) };
    } catch (error) {
      return { ok: false, error: String(error) };
    }
  },
};
export type InPage = { readonly benchDevice: typeof benchDevice };
Object.assign(globalThis, { benchDevice });
