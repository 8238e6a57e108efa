import { bytesToBase64url } from "../../shared/bytes.ts";
import { commitGroupKey, newGroupKey, recordsKeyOf, sealGroupKey } from "../../shared/group/group-key.ts";
import { can } from "../../shared/group/permissions.ts";
import { groupIdOf } from "../../shared/group/proofs.ts";
import { hashRecord, sealRecord } from "../../shared/group/record.ts";
import type { GroupCore, Member } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Connection, openConnection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import type { ActRefusal } from "./act.ts";
import { appendOwn, nextLink } from "./append-own.ts";
import { type GroupSecrets, NO_SECRETS, sealGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";
import { isUnanswered } from "./trouble.ts";

/** Makes a group of one, with a name. @returns its id */
export function createGroup(
  serverId: string,
  name: string,
): Promise<Result<string, ActRefusal | "conflict">> {
  return withSyncLock(async () => {
    const connection = await openConnection(serverId);
    return connection.ok ? foundGroup(connection.value, { name, isPersonal: false }) : connection;
  });
}

/**
 * Makes a group of one. Its first link can't be taken for another's: the id is a hash of the owner's key. The
 * row is kept here before anything is sent, so that a device that dies in between finds its group again.
 * To be called with the sync lock held.
 *
 * @returns the group's id
 */
export async function foundGroup(
  connection: Connection,
  { name, isPersonal }: { readonly name: string; readonly isPersonal: boolean },
): Promise<Result<string, ActRefusal | "conflict">> {
  const nonce = bytesToBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const owner = {
    id: connection.userId,
    sig: bytesToBase64url(connection.signing.publicKey),
    enc: bytesToBase64url(connection.opening.publicKey),
  };
  const g = await groupIdOf(nonce, owner.sig);
  const key = newGroupKey(g, 1);
  const seal = await sealGroupKey(key, { id: owner.id, enc: connection.opening.publicKey });
  if (!seal.ok) throw Error("nothing can be sealed to this person's own key");
  const people = { [owner.id]: connection.email };
  const secrets = { ...NO_SECRETS, key, name, people, isPersonal };
  const row = await newRow(connection.serverId, g, secrets);
  await db.groups.put(row);
  const action = {
    t: "create",
    v: 1,
    g,
    n: 0,
    p: "",
    by: owner.id,
    at: Date.now(),
    nonce,
    owner,
    commit: await commitGroupKey(key),
  } as const;
  const seals = [{ user: owner.id, sealed: seal.value }];
  const made = await appendOwn(connection, row, { action, seals });
  if (!made.ok) {
    // Where no answer came the server may have it: the next sync finds out, and goes on with it or forgets it (sync.ts).
    if (!isUnanswered(made.error)) await db.groups.delete(g);
    return err(made.error);
  }
  const named = await nameGroup(connection, { ...row, core: made.value }, made.value, secrets);
  return named.ok ? ok(g) : named;
}

async function newRow(serverId: string, g: string, secrets: GroupSecrets): Promise<GroupRow> {
  const sealed = await sealGroupSecrets(await requireVaultKey(), g, secrets);
  return {
    g,
    serverId,
    core: null,
    promised: null,
    sealed,
    missing: [],
    sentRev: -1,
    syncedAt: null,
    trouble: null,
  };
}

/**
 * Writes what the group is called and who is who into its record of that, making the record where there is none. To be
 * called with the sync lock held.
 */
export async function nameGroup(
  connection: Connection,
  row: GroupRow,
  core: GroupCore,
  secrets: GroupSecrets,
): Promise<Result<GroupCore, ActRefusal | "conflict">> {
  if (secrets.key === null) return err("no-key");
  const { g } = row;
  const isDeleted = (await db.recordHeads.get([g, secrets.nameRecord ?? ""]))?.h === null;
  const id = isDeleted ? crypto.randomUUID() : (secrets.nameRecord ?? crypto.randomUUID());
  const before = await db.sharedRecords.get([g, id]);
  const place = { g, id, ver: (before?.ver ?? 0) + 1, epoch: core.epoch, by: connection.userId };
  const { name, people, isPersonal, others } = secrets;
  const content = { kind: "group", name, people, isPersonal, others } as const;
  const sealed = await sealRecord(await recordsKeyOf(secrets.key), place, content);
  if (!sealed.ok) return err("too-large");
  const heads = [{ id, ver: place.ver, h: await hashRecord(sealed.value) }];
  const action = { t: "records", ...nextLink(core, place.by, Date.now()), epoch: core.epoch, heads } as const;
  const records = [{ ...place, ciphertext: sealed.value, isEntry: false, rev: -1 }];
  return appendOwn(connection, row, { action, records, secrets: { ...secrets, nameRecord: id } });
}

/**
 * Whether a group lacks the record of its name, and this device is to write it. Somebody has deleted it: then each device that
 * knew it may, of whoever may change records, and the first one does. Or something came in between when its person began the
 * group: then the others wait for this one, since an invitation alone does not say who is who.
 */
export async function isUnnamed(
  g: string,
  { nameRecord, name, key }: GroupSecrets,
  { joined, role }: Member,
): Promise<boolean> {
  if (name === "" || key === null || !can(role, "change-records")) return false;
  if (nameRecord === null) return joined === 0;
  return (await db.recordHeads.get([g, nameRecord]))?.h === null;
}
