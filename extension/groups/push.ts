import { MOST_RECORDS_IN_A_LINK } from "../../shared/group/action.ts";
import { recordsKeyOf } from "../../shared/group/group-key.ts";
import { can } from "../../shared/group/permissions.ts";
import { hashRecord, sealRecord } from "../../shared/group/record.ts";
import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { GroupCore, Member } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow, type SharedRecordRow } from "../vault/db.ts";
import { appendOwn, nextLink } from "./append-own.ts";
import { countUnderNewIds } from "./count-anew.ts";
import { type Outgoing, readOutgoing, settleRefused } from "./outgoing.ts";
import type { GroupSecrets } from "./secrets.ts";
import type { GroupTrouble } from "./trouble.ts";

/** One link takes so many at most: they are staged in a few requests. */
const MOST_AT_ONCE = Math.min(200, MOST_RECORDS_IN_A_LINK);

/**
 * Sends what was changed here since the records last came or went, one link for all of it. To be called with the sync lock
 * held, right after a pull.
 *
 * @returns "nothing" to send any more; "more": so call again
 */
export async function pushGroup(
  connection: Connection,
  row: GroupRow,
  core: GroupCore,
  me: Member,
  secrets: GroupSecrets,
): Promise<Result<"nothing" | "more", GroupTrouble | LinkRefusal | "conflict">> {
  const found = await readOutgoing(row, secrets);
  if (found === null) return ok("nothing");
  if (found.rev === -1) return ok("more");
  const mayChange = can(me.role, "change-records") && !core.closed;
  // While a new key is due, new secrets wait for it: whoever left may still have the present one.
  const refused = mayChange ? found.changes.filter((each) => !mayGo(each, core, me)) : found.changes;
  const settled = await settleRefused(row, secrets, refused, mayChange);
  const changes = mayChange ? found.changes.filter((each) => mayGo(each, core, me)) : [];
  if (changes.length === 0 || secrets.key === null) {
    if (settled === 0 && refused.length === 0) await rememberSent(row.g, found.rev);
    return ok("nothing");
  }
  const anew = changes.filter((each) => each.countsAnew);
  if (anew.length > 0) {
    await countUnderNewIds(row, secrets.key, anew, Date.now());
    return ok("more");
  }
  return sendChanges(connection, row, core, secrets, changes.slice(0, MOST_AT_ONCE));
}

/** What an entry that is deleted for ever here may do there: at once by an admin, after its time by any editor. */
function mayGo(change: Outgoing, core: GroupCore, me: Member): boolean {
  if (change.entry === null) return change.isOld || can(me.role, "delete-for-ever");
  return !(core.rotationDue && change.isNewSecret);
}

async function sendChanges(
  connection: Connection,
  row: GroupRow,
  core: GroupCore,
  secrets: GroupSecrets,
  changes: readonly Outgoing[],
): Promise<Result<"more", GroupTrouble | LinkRefusal | "conflict">> {
  if (secrets.key === null) throw Error("nothing is sent without the group's key");
  const recordsKey = await recordsKeyOf(secrets.key);
  const { g } = row;
  const { epoch } = core;
  const by = connection.userId;
  const records: SharedRecordRow[] = [];
  const heads: { id: string; ver: number; h: string | null }[] = [];
  const gone: string[] = [];
  for (const { id, ver, rev, entry } of changes) {
    if (entry === null) {
      heads.push({ id, ver, h: null });
      gone.push(id);
      continue;
    }
    const place = { g, id, ver, epoch, by };
    const sealed = await sealRecord(recordsKey, place, { kind: "entry", entry });
    // Longer than the server takes: an icon or a note. It stays here and is said, and keeps nothing else back.
    if (!sealed.ok) continue;
    records.push({ ...place, ciphertext: sealed.value, isEntry: true, rev });
    heads.push({ id, ver, h: await hashRecord(sealed.value) });
  }
  if (heads.length === 0) return err("too-large");
  const action = { t: "records", ...nextLink(core, by, Date.now()), epoch, heads } as const;
  const appended = await appendOwn(connection, row, { action, records, gone });
  return appended.ok ? ok("more") : appended;
}

/** So that nothing is looked through again while the vault stays as it is. */
async function rememberSent(g: string, rev: number): Promise<void> {
  await db.groups.update(g, { sentRev: rev });
}
