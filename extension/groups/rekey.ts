import { bytesToBase64url } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { sealGroupKey } from "../../shared/group/group-key.ts";
import { can } from "../../shared/group/permissions.ts";
import { rekeyContext } from "../../shared/group/proofs.ts";
import type { GroupCore, Member } from "../../shared/group/state.ts";
import type { Bundle } from "../../shared/identity/bundle.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import { forgetFormerKeys } from "../servers/bundle.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import type { ActRefusal, Standing } from "./act.ts";
import { appendOwn, nextLink, type OwnLink } from "./append-own.ts";
import type { Head } from "./fetch-log.ts";
import { presentMember, presentMembers, startUnstored } from "./known.ts";
import { asInLog, isPresent } from "./own-place.ts";
import { underNewKey } from "./rotate.ts";
import { openGroupSecrets } from "./secrets.ts";
import { isNewKeyStopped, saySyncProgress } from "./sync-progress.ts";

/**
 * Tells a group of this person's new keys, where it knows them by former ones, and then gives it a new key of its own, where
 * this person may: whoever has the former ones has that one too. Each is a link, and whatever comes in between is gone on
 * with the next time; where the person has stopped the group's key, when this page allows it again, or by another one. To be
 * called with the sync lock held, right after a pull.
 */
export async function rekeyGroup(
  connection: Connection,
  g: string,
): Promise<Result<void, ActRefusal | "conflict">> {
  try {
    for (const build of [newKeysLink, newGroupKeyLink]) {
      const standing = await standingOf(connection, g);
      if (standing === null || standing.core.closed) return ok(undefined);
      const mine = asInLog(connection, standing.me);
      if (mine === null) return err("keys-taken");
      const own = await build(standing);
      if (!own.ok) return unlessStopped(own);
      if (own.value === null) continue;
      const appended = await appendOwn(mine, standing.row, own.value);
      if (!appended.ok) return unlessStopped(appended);
    }
    return ok(undefined);
  } finally {
    saySyncProgress(g, null);
  }
}

/** A key that was stopped is still due, and that is how the group stands: nothing is wrong with it. */
function unlessStopped<E>(refused: { readonly ok: false; readonly error: E }): Result<void, E> {
  return refused.error === "key-stopped" ? ok(undefined) : refused;
}

async function standingOf(connection: Connection, g: string): Promise<Standing | null> {
  const [row, unstored] = await Promise.all([db.groups.get(g), startUnstored(g)]);
  const members = await presentMembers(unstored);
  const me = members.get(connection.userId);
  if (row?.core == null || me === undefined) return null;
  const secrets = await openGroupSecrets(await requireVaultKey(), row);
  return { connection, row, core: row.core, me, members, secrets };
}

async function newKeysLink({
  connection,
  core,
  me,
  secrets,
}: Standing): Promise<Result<OwnLink | null, "no-key" | "bad-key">> {
  if (isPresent(connection, me)) return ok(null);
  const { signing, opening, userId } = connection;
  const enc = bytesToBase64url(opening.publicKey);
  const pop = await sign(signing, rekeyContext(core.g, { id: userId, oldSig: me.sig, enc }));
  const action = {
    t: "rekey",
    ...nextLink(core, userId, Date.now()),
    sig: bytesToBase64url(signing.publicKey),
    enc,
    pop: bytesToBase64url(pop),
  } as const;
  if (!can(me.role, "use-codes")) return ok({ action });
  if (secrets.key === null) return err("no-key");
  const sealed = await sealGroupKey(secrets.key, { id: userId, enc: opening.publicKey });
  return sealed.ok ? ok({ action, seals: [{ user: userId, sealed: sealed.value }] }) : sealed;
}

async function newGroupKeyLink(standing: Standing): Promise<Result<OwnLink | null, ActRefusal>> {
  const { core, me, row } = standing;
  if (!isDueByMe(core, me) || isNewKeyStopped(core.g)) return ok(null);
  // What did not come can't be carried into anything.
  return row.missing.length > 0 ? err("withheld") : underNewKey(standing, null);
}

function isDueByMe(core: GroupCore, me: Member): boolean {
  return core.rotationDue && can(me.role, "rotate");
}

/**
 * Forgets the former keys once every group knows the new ones and has a new key of its own. To be called with the sync
 * lock held.
 *
 * @param heads what the server says that this person is in
 */
export async function finishNewKeys(connection: Connection, heads: readonly Head[]): Promise<void> {
  const { serverId } = connection;
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const here = new Set(rows.map(({ g }) => g));
  if (heads.some(({ g }) => !here.has(g))) return;
  for (const row of rows) if (!(await isFinished(connection, row))) return;
  // Another device of theirs may have accepted one with the former keys: for as long as it may be confirmed, it will be by
  // those that the group knows them.
  const accepted = await ask(connection.api.invitation.waiting.query());
  if (!accepted.ok || accepted.value.waiting > 0) return;
  await forgetFormerKeys(serverId, pinsOf(rows));
}

async function isFinished(connection: Connection, { g, core, promised }: GroupRow): Promise<boolean> {
  // Accepted with former keys, or not seen here yet.
  if (core === null || promised !== null) return false;
  const me = await presentMember(await startUnstored(g), connection.userId);
  if (me === null) return true;
  // A closed group takes no link any more: as long as it is here, it is read with the keys that it knows.
  if (core.closed) return isPresent(connection, me);
  return isPresent(connection, me) && !isDueByMe(core, me);
}

/** The groups that were verified here, each with its last link. */
export function pinsOf(rows: readonly GroupRow[]): Bundle["groups"] {
  return Object.fromEntries(
    rows.flatMap(({ g, core, promised }) =>
      core !== null && promised === null ? [[g, { n: core.n, head: core.head }] as const] : [],
    ),
  );
}
