import { base64urlToBytes } from "../../shared/bytes.ts";
import { type GroupKey, openGroupKey } from "../../shared/group/group-key.ts";
import { can } from "../../shared/group/permissions.ts";
import type { GroupCore, Member, RecordHead } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Api, ask } from "../servers/api.ts";
import type { Connection } from "../servers/connection.ts";
import { type Change, commitAhead } from "../vault/commit.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { fetchLog, type LogSource, type Told } from "./fetch-log.ts";
import { inStepNow, isAllSent, isDone, leftSent } from "./in-step.ts";
import {
  allHeads,
  LOG_TABLES,
  presentMember,
  presentMembers,
  startOn,
  startUnstored,
  storeLinks,
  type Unstored,
} from "./known.ts";
import { asInLog } from "./own-place.ts";
import { planArrivals } from "./plan-arrivals.ts";
import { type ArrivedRecord, fetchRecords } from "./records.ts";
import { type GroupSecrets, openGroupSecrets, sealGroupSecrets } from "./secrets.ts";
import { saySyncProgress } from "./sync-progress.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

export type Pulled = {
  readonly core: GroupCore;
  /** Entries of which both sides had changed the same. */
  readonly conflicts: number;
  /** Records that the server owes. */
  readonly missing: number;
  /**
   * Whether the write that took it in has noted the group as in step: nothing is owed by either side, and nothing is to be
   * asked. "alone": nothing but accounts came, so that whatever follows from people, keys and names is as it was.
   */
  readonly isNoted: "no" | "yes" | "alone";
};

/**
 * Brings a group here up to the head that its server names: verifies the new links, fetches what they changed, and writes
 * links, pin, key and entries in one transaction. At anything that is wrong nothing is written. To be called with the sync
 * lock held.
 */
export async function pullGroup(
  connection: Connection,
  row: GroupRow,
  said: Told,
): Promise<Result<Pulled, GroupTrouble>> {
  try {
    const ahead = { start: startOn(row), people: [connection.userId] };
    const log = await fetchLog(memberSource(connection.api, row, said), said, row.promised, ahead);
    if (!log.ok) return log;
    const { core } = log.value;
    if (core === null) return err("log");
    const isInStep = log.value.links.length === 0 && row.missing.length === 0;
    return isInStep
      ? ok({ core, conflicts: 0, missing: 0, isNoted: "no" })
      : await takeIn(connection, row, log.value, core, said);
  } finally {
    saySyncProgress(row.g, null);
  }
}

/** The log as its members are given it: the first links may have come with the head. */
function memberSource({ group }: Api, { g, core }: GroupRow, { links = [] }: Told): LogSource {
  const isTold = (from: number) => links.length > 0 && from === (core?.n ?? -1) + 1;
  return {
    links: async (from) => (isTold(from) ? links : group.log.query({ g, from })),
    rotation: (epoch, h) => group.rotation.query({ g, epoch, h }),
  };
}

async function takeIn(
  connection: Connection,
  row: GroupRow,
  unstored: Unstored,
  core: GroupCore,
  { records: told = [] }: Told,
): Promise<Result<Pulled, GroupTrouble>> {
  const me = await presentMember(unstored, connection.userId);
  if (me === null) return err("no-access");
  const mine = asInLog(connection, me);
  if (mine === null) return err((await hadMyKeys(row.g, connection)) ? "keys-taken" : "log");
  const secrets = await openGroupSecrets(connection.vault, row);
  const key = can(me.role, "use-codes") ? await keyOf(mine, secrets.key, core) : ok(null);
  if (!key.ok) return key;
  // With the first key come all records that were there before it: to whoever was a guest, too.
  const isFirstKey = secrets.key === null && key.value !== null;
  const changed = isFirstKey
    ? [...(await allHeads(unstored)).values()]
    : await changedHeads(unstored, row.missing);
  const live = changed.filter(({ h }) => h !== null);
  const fetched = key.value
    ? await fetchRecords(connection.api, key.value, live, told)
    : ok({ arrived: [], missing: [] });
  if (!fetched.ok) return fetched;
  const { arrived, missing } = fetched.value;
  const isRenamed = arrived.some(({ content }) => content?.kind === "group");
  const isAlone = unstored.members.size === 0 && !isRenamed;

  let isNoted = false;
  const ids = changed.map(({ id }) => id);
  const ahead = {
    ids,
    tables: [db.sharedRecords, db.recordHeads],
    read: () =>
      Promise.all([
        db.sharedRecords.bulkGet(ids.map((id) => [row.g, id])),
        secrets.nameRecord === null ? undefined : db.recordHeads.get([row.g, secrets.nameRecord]),
      ]),
  };
  const conflicts = await commitAhead(ahead, async (view, [records, nameHead]): Promise<Change<number>> => {
    const kept = new Map(records.flatMap((record) => (record ? [[record.id, record]] : [])));
    const known = withoutDeletedName({ ...secrets, key: key.value }, unstored, nameHead);
    const named = withName(known, arrived, connection.userId);
    // Which record it was is kept: whoever knows what it said may say it again.
    const next = { ...named, nameRecord: named.nameRecord ?? secrets.nameRecord };
    const isNameGone = named.nameRecord !== next.nameRecord;
    const isSealed = row.sealed !== null && key.value === secrets.key && !isRenamed && !isNameGone;
    const sealed = isSealed ? row.sealed : await sealGroupSecrets(view.key, row.g, next);
    const plan = await planArrivals(view, row.g, {
      arrived,
      deleted: changed.filter(({ h }) => h === null),
      kept,
      before: secrets.key,
      mayChange: can(me.role, "change-records"),
    });
    const takeOver = async () => {
      const groups = await db.groups.toArray();
      const stored = atPin(
        row,
        groups.find(({ g }) => g === row.g),
      );
      const sentRev = isNameGone ? -1 : isAllSent(stored, plan, view) ? view.rev : stored.sentRev;
      const newKeys = await withNewKeys(stored, unstored, me);
      const taken = { ...stored, core, sealed, missing, promised: null, sentRev, newKeys };
      isNoted = isDone(taken, view, connection);
      const noted = isNoted ? { ...taken, ...inStepNow(taken) } : taken;
      await db.groups.bulkPut([noted, ...leftSent(groups, row.g, plan, view)]);
    };
    const write = async () => {
      await Promise.all([
        takeOver(),
        storeLinks(unstored),
        plan.records.length > 0 && db.sharedRecords.bulkPut([...plan.records]),
        plan.gone.length > 0 && db.sharedRecords.bulkDelete(plan.gone.map((id) => [row.g, id])),
      ]);
    };
    const tables = [...LOG_TABLES, db.sharedRecords, db.groups];
    return { result: plan.conflicts, rows: plan.rows, along: { tables, write } };
  });
  return ok({
    ...{ core, conflicts, missing: missing.length },
    isNoted: isNoted ? (isAlone ? "alone" : "yes") : "no",
  });
}

/** Throws where somebody else has moved the pin: everybody who does holds the sync lock. To be called in a transaction. */
export async function expectPin(row: Pick<GroupRow, "g" | "core">): Promise<void> {
  atPin(row, await db.groups.get(row.g));
}

function atPin({ core }: Pick<GroupRow, "core">, stored: GroupRow | undefined): GroupRow {
  if (stored === undefined || stored.core?.head !== core?.head) throw Error("the group has moved on");
  return stored;
}

/** Whether this device has seen the log name keys of this person: then they had to sign for those that it names now. */
async function hadMyKeys(g: string, connection: Connection): Promise<boolean> {
  const before = await presentMember(await startUnstored(g), connection.userId);
  return before !== null && asInLog(connection, before) !== null;
}

/** Who has taken new keys that this person has not compared yet, since they came themselves. */
async function withNewKeys({ newKeys }: GroupRow, unstored: Unstored, me: Member): Promise<string[]> {
  const taken = [...unstored.rekeyed].filter(([n, id]) => n > me.joined && id !== me.id).map(([, id]) => id);
  const all = new Set([...(newKeys ?? []), ...taken]);
  if (all.size === 0) return [];
  const present = await presentMembers(unstored);
  return [...all].filter((id) => present.has(id));
}

/** The key of the present epoch: the one that is here, or a new one that has to be what the log promises. */
async function keyOf(
  { api, opening, former, userId }: Connection,
  known: GroupKey | null,
  { g, epoch, commit: promised }: GroupCore,
): Promise<Result<GroupKey, GroupTrouble>> {
  if (known?.epoch === epoch) return ok(known);
  const seal = await ask(api.group.seal.query({ g, epoch }));
  if (!seal.ok) return err(troubleOf(seal.error));
  if (seal.value === null) return err("no-key");
  const bytes = base64urlToBytes(seal.value);
  if (!bytes.ok) return err("group-key");
  // By former keys too: another device of theirs may tell the group of new ones at this moment, or have just done so.
  for (const keys of [opening, ...former.map((pair) => pair.opening)]) {
    const opened = await openGroupKey(keys, bytes.value, { g, epoch, commit: promised, member: userId });
    if (opened.ok) return opened;
  }
  return err("group-key");
}

/** Every record that new links changed, and those that did not come before. */
async function changedHeads(unstored: Unstored, missing: readonly string[]): Promise<RecordHead[]> {
  if (missing.length === 0) return [...unstored.heads.values()];
  const heads = await allHeads(unstored);
  const ids = new Set([...unstored.heads.keys(), ...missing]);
  return [...ids].flatMap((id) => heads.get(id) ?? []);
}

/** Takes over what the group is called, and who is who. */
function withName(secrets: GroupSecrets, arrived: readonly ArrivedRecord[], me: string): GroupSecrets {
  for (const { head, content } of arrived) {
    if (content?.kind !== "group") continue;
    // Two at once can't be, but for a member who means ill: the first stays.
    if (secrets.nameRecord !== null && secrets.nameRecord !== head.id) continue;
    const { name, people, others } = content;
    // Nobody else says what is this person's alone.
    const isPersonal = content.isPersonal && head.by === me;
    return { ...secrets, name, people, isPersonal, others, nameRecord: head.id };
  }
  return secrets;
}

/** Whoever deletes the record of the name takes it from nobody here, and does not keep others from writing it anew. */
function withoutDeletedName(
  secrets: GroupSecrets,
  unstored: Unstored,
  stored: RecordHead | undefined,
): GroupSecrets {
  const head = secrets.nameRecord === null ? undefined : (unstored.heads.get(secrets.nameRecord) ?? stored);
  return head?.h === null ? { ...secrets, nameRecord: null } : secrets;
}
