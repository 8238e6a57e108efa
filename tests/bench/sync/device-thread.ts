import { registerHooks } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Link } from "../../../shared/group/link.ts";
import type { DeviceFacts, DeviceReply, DeviceRequest } from "./device.ts";
import { timed } from "./timed.ts";

/**
 * One device: the extension's own code in a thread of its own, as each browser has its own, with a database in memory. What
 * is measured is measured here, so that no message between threads is in it.
 */
const STAND_IN = new URL("../../support/fake-extension-api.ts", import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return resolved.url.endsWith("/extension/platform/browser.ts")
      ? { ...resolved, url: STAND_IN }
      : resolved;
  },
});
Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

const { db } = await import("../../../extension/vault/db.ts");
const { createVault } = await import("../../../extension/vault/create-vault.ts");
const { requireVaultKey } = await import("../../../extension/vault/vault-key.ts");
const { sealServer } = await import("../../../extension/servers/stored-server.ts");
const { apiOf } = await import("../../../extension/servers/api.ts");
const { syncServer } = await import("../../../extension/groups/sync.ts");
const { rotateKey } = await import("../../../extension/groups/rotate.ts");
const { fetchLog } = await import("../../../extension/groups/fetch-log.ts");

const facts: DeviceFacts = workerData;
const { server, user, groups } = facts;
await createVault();
const random = (bytes: number) =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64url");
await db.servers.put(
  await sealServer(
    await requireVaultKey(),
    { ...server, userId: user.id },
    {
      token: user.token,
      loginId: "",
      email: "alice@example.com",
      connectedAt: 0,
      accountKey: random(32),
      bundle: {
        version: 1,
        userId: user.id,
        ver: 1,
        signingSeed: user.seeds.signing,
        openingSecret: user.seeds.opening,
        groups,
        contacts: {},
      },
      bundleKey: random(32),
      hasVaultPassphrase: true,
      uncheckedKit: null,
      invitation: null,
    },
  ),
);
const api = apiOf(server.origin, user.token);

async function sync(): Promise<void> {
  const synced = await syncServer(server.id);
  if (!synced.ok) throw Error(`no sync: ${synced.error}`);
  const [trouble] = synced.value.troubles.values();
  if (trouble !== undefined) throw Error(`no sync: ${trouble}`);
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

async function answer(request: DeviceRequest): Promise<number> {
  switch (request.kind) {
    case "empty":
      return timed(() => api.group.heads.query());
    case "sync":
      return timed(sync);
    case "rotate":
      return timed(async () => {
        const rotated = await rotateKey(request.g);
        if (!rotated.ok) throw Error(`no new key: ${rotated.error}`);
      });
    case "verify":
      return timed(() => verifyAll(request.g, request.links, request.head));
    case "count":
      return db.entries.count();
  }
}

parentPort?.on("message", async (request: DeviceRequest) => {
  let reply: DeviceReply;
  try {
    reply = { ok: true, value: await answer(request) };
  } catch (error) {
    reply = { ok: false, error: String(error) };
  }
  parentPort?.postMessage(reply);
});
parentPort?.postMessage({ ok: true, value: 0 } satisfies DeviceReply);
