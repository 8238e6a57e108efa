import { commitGroupKey, newGroupKey, recordsKeyOf } from "../../shared/group/group-key.ts";
import { hashRecord, resealRecord } from "../../shared/group/record.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../shared/group/rotation.ts";
import type { Member } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type SharedRecordRow } from "../vault/db.ts";
import type { ActRefusal, Standing } from "./act.ts";
import { actInGroup } from "./act.ts";
import { nextLink, type OwnLink } from "./append-own.ts";
import { allHeads, startUnstored } from "./known.ts";
import { RECORDS_AT_ONCE } from "./records.ts";
import { sealToMembers } from "./seal-to-members.ts";
import { allowNewKey, stepOfNewKey } from "./sync-progress.ts";

/** Gives the group a new key: whoever is not in it any more can open nothing that is written from then on. */
export function rotateKey(g: string): Promise<Result<void, ActRefusal>> {
  return actUnderNewKey(g, (standing) => underNewKey(standing, null));
}

/**
 * Does something that needs a new key. How far that is it says as it goes (sync-progress.ts), and until the link is sent it can be
 * stopped, which ends this act alone: a key that is due anyway waits for nobody.
 */
export async function actUnderNewKey(
  g: string,
  build: (standing: Standing) => Promise<Result<OwnLink, ActRefusal>>,
): Promise<Result<void, ActRefusal>> {
  allowNewKey(g);
  try {
    return await actInGroup(g, build);
  } finally {
    allowNewKey(g);
  }
}

/**
 * Gives it one where that is due, for whoever comes first of those who may, after somebody has left: nothing where it is done
 * already. Stopped, it is not made by this page before it is asked for again.
 */
export function rotateIfDue(g: string): Promise<Result<void, ActRefusal>> {
  allowNewKey(g);
  return actInGroup(g, async (standing) =>
    standing.core.rotationDue ? underNewKey(standing, null) : ok(null),
  );
}

/**
 * Builds the link by which a new key takes the place of the group's key, with every record under it, and with `target`
 * gone where that is somebody. Each attempt makes a key of its own.
 */
export async function underNewKey(
  { connection, core, members, secrets }: Standing,
  target: Member | null,
): Promise<Result<OwnLink, ActRefusal>> {
  if (secrets.key === null) return err("no-key");
  const { g } = core;
  const epoch = core.epoch + 1;
  const key = newGroupKey(g, epoch);
  const records = await reseal({ g, epoch, by: connection.userId }, secrets.key, key);
  if (!records.ok) return records;
  const staying = [...members.values()].filter(({ id }) => id !== target?.id);
  const seals = await sealToMembers(key, staying);
  if (!seals.ok) return seals;
  const rotated = await Promise.all(
    records.value.map(
      async ({ id, ver, ciphertext }): Promise<RotatedRecord> => [id, ver, await hashRecord(ciphertext)],
    ),
  );
  const rotation = formatRotation(rotated);
  const common = {
    ...nextLink(core, connection.userId, Date.now()),
    epoch,
    commit: await commitGroupKey(key),
    records: await hashRotation(g, epoch, rotation),
  };
  const action = target
    ? ({ t: "remove", ...common, target: target.id } as const)
    : ({ t: "rotate", ...common } as const);
  return ok({ action, seals: seals.value, rotation, records: records.value, secrets: { ...secrets, key } });
}

type GroupKey = ReturnType<typeof newGroupKey>;

async function reseal(
  { g, epoch, by }: { readonly g: string; readonly epoch: number; readonly by: string },
  from: GroupKey,
  to: GroupKey,
): Promise<Result<SharedRecordRow[], "withheld" | "key-stopped">> {
  const [fromKey, toKey] = await Promise.all([recordsKeyOf(from), recordsKeyOf(to)]);
  const heads = [...(await allHeads(await startUnstored(g))).values()].filter(({ h }) => h !== null);
  const kept = new Map(
    (await db.sharedRecords.where("g").equals(g).toArray()).map((record) => [record.id, record]),
  );
  const encrypting = (done: number) => stepOfNewKey(g, { what: "encrypting", done, total: heads.length });
  const rows: SharedRecordRow[] = [];
  for (const head of heads) {
    if (rows.length % RECORDS_AT_ONCE === 0) {
      const goesOn = encrypting(rows.length);
      if (!goesOn.ok) return goesOn;
    }
    const record = kept.get(head.id);
    // Left behind, it could be opened by nobody any more.
    if (record?.ver !== head.ver) return err("withheld");
    const place = { g, id: head.id, ver: head.ver + 1, epoch, by };
    const source = { key: fromKey, place: record, sealed: record.ciphertext };
    const ciphertext = await resealRecord(source, { key: toKey, place });
    rows.push({ ...place, ciphertext, isEntry: record.isEntry, rev: record.rev });
  }
  const goesOn = encrypting(rows.length);
  return goesOn.ok ? ok(rows) : goesOn;
}
