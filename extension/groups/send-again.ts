import { bytesToBase64url } from "../../shared/bytes.ts";
import { readLink } from "../../shared/group/link.ts";
import { hashRecord } from "../../shared/group/record.ts";
import type { GroupCore } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Api, ask } from "../servers/api.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import { openConnection } from "../servers/connection.ts";
import { db, type GroupLinkRow, type SharedRecordRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import type { ActRefusal } from "./act.ts";
import type { OwnSeal } from "./append-own.ts";
import { allHeads, presentMembers, startUnstored } from "./known.ts";
import { stageRecords, stageRotation } from "./records.ts";
import { isBeginning, readGeneration } from "./restored.ts";
import { sealToMembers } from "./seal-to-members.ts";
import { openGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** "not-here": something that the links name is not on this device; another one may have it. */
export type SendAgainRefusal = ActRefusal | "not-here";

/** As many as may press the same at once. */
const MAX_ATTEMPTS = 6;

/**
 * Brings a server that was put back to a backup the links of a group that it has lost, as they were signed, with the
 * ciphertexts, lists and keys that they name. Nothing here changes but what is said of it: the pin stays where it is, and
 * what the server has has to be the beginning of what this device has verified. A person decides it (protocol: "offer").
 *
 * Nothing goes to the server that it has not had before, but the group's present key, sealed anew to the members whom the
 * verified log names.
 */
export function sendAgain(g: string): Promise<Result<void, SendAgainRefusal>> {
  return withSyncLock(async () => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const sent = await sendMissing(g);
      if (sent.ok) return sent;
      // Somebody else sends it at this moment, or has written something: what is there now says which.
      if (sent.error !== "conflict") return err(sent.error);
    }
    return err("busy");
  });
}

async function sendMissing(g: string): Promise<Result<void, SendAgainRefusal | "conflict">> {
  const row = await db.groups.get(g);
  if (row?.core == null) return err("no-such-group");
  const connection = await openConnection(row.serverId);
  if (!connection.ok) return connection;
  const { api } = connection.value;
  const heads = await ask(api.group.heads.query());
  if (!heads.ok) return err(troubleOf(heads.error));
  const said = heads.value.find((head) => head.g === g) ?? null;
  if (said !== null && said.n <= row.core.n && !(await isBeginning(said))) return err("fork");
  // Somebody else has brought it meanwhile: the next look takes it from there.
  if (said !== null && said.n >= row.core.n) return goesOnFrom(api, row.core);
  const key = (await openGroupSecrets(await requireVaultKey(), row)).key;
  const members = await presentMembers(await startUnstored(g));
  const seals = key ? await sealToMembers(key, members.values()) : ok([]);
  if (!seals.ok) return seals;
  let n = said?.n ?? -1;
  if (n === -1) {
    const begun = await beginAgain(api, g, connection.value.userId, seals.value);
    if (!begun.ok) return begun;
    n = 0;
  }
  const brought = n < row.core.n ? await bring(api, row.core, n, seals.value) : ok(undefined);
  if (!brought.ok) return brought;
  const restored = { n: said?.n ?? -1, lost: row.core.n - (said?.n ?? -1), isSent: true };
  const generation = (await readGeneration(connection.value)) ?? row.generation;
  await db.groups.update(g, { restored, ...(generation !== undefined && { generation }) });
  return ok(undefined);
}

/** Whether what the server has goes on from the last link that was verified here: anything else is another past. */
async function goesOnFrom(api: Api, { g, n, head }: GroupCore): Promise<Result<void, GroupTrouble>> {
  const links = await ask(api.group.log.query({ g, from: n }));
  if (!links.ok) return err(troubleOf(links.error));
  const [link] = links.value;
  if (link === undefined) return err("withheld");
  const read = await readLink(link);
  return read.ok && read.value.hash === head ? ok(undefined) : err("fork");
}

/** Everything after a link, in one: what stands between two of them can't be staged by anybody any more. */
async function bring(
  api: Api,
  { g, n: last, head }: GroupCore,
  after: number,
  seals: readonly OwnSeal[],
): Promise<Result<void, SendAgainRefusal | "conflict">> {
  const rows = await db.groupLinks
    .where("[g+n]")
    .between([g, after + 1], [g, last], true, true)
    .sortBy("n");
  const records = await recordsSince(g, after);
  if (records === null) return err("not-here");
  const rotations = await stageRotations(api, rows);
  if (!rotations.ok) return rotations;
  const staged = await stageRecords(api, g, records);
  if (!staged.ok) return staged;
  const links = rows.map(({ body, sig }) => ({ body, sig }));
  const appended = await ask(api.group.appendAgain.mutate({ links, seals: sentSeals(seals) }));
  if (!appended.ok) return err(refusalOf(appended.error));
  return appended.value.head === head ? ok(undefined) : err("fork");
}

/**
 * The first link alone: only who is in a group can stage anything for the others. The key of that time may be gone; it is
 * the last one that is sealed to its maker, and sealed again with the links that follow.
 */
async function beginAgain(
  api: Api,
  g: string,
  maker: string,
  seals: readonly OwnSeal[],
): Promise<Result<void, SendAgainRefusal | "conflict">> {
  const first = await db.groupLinks.get([g, 0]);
  if (first === undefined) return err("not-here");
  const { body, sig } = first;
  const own = seals.filter(({ user }) => user === maker);
  const appended = await ask(api.group.append.mutate({ link: { body, sig }, seals: sentSeals(own) }));
  return appended.ok ? ok(undefined) : err(refusalOf(appended.error));
}

function sentSeals(seals: readonly OwnSeal[]) {
  return seals.map(({ user, sealed }) => ({ user, sealed: bytesToBase64url(sealed) }));
}

/** "conflict": the server has another link by now in the place of the first of these, or that same one. */
function refusalOf(error: AskFailure): GroupTrouble | "conflict" {
  return typeof error === "object" && error.refused === "conflict" ? "conflict" : troubleOf(error);
}

/** The ciphertexts that the links after one of them brought, and that none replaced; null where one is not here. */
async function recordsSince(g: string, after: number): Promise<SharedRecordRow[] | null> {
  const heads = [...(await allHeads(await startUnstored(g))).values()].filter(
    ({ h, changed }) => h !== null && changed > after,
  );
  const kept = await db.sharedRecords.bulkGet(heads.map(({ id }) => [g, id]));
  const records: SharedRecordRow[] = [];
  for (const [at, head] of heads.entries()) {
    const record = kept[at];
    if (record === undefined || (await hashRecord(record.ciphertext)) !== head.h) return null;
    records.push(record);
  }
  return records;
}

async function stageRotations(
  api: Api,
  rows: readonly GroupLinkRow[],
): Promise<Result<void, SendAgainRefusal>> {
  for (const { g, body, sig, rotation } of rows) {
    const link = await readLink({ body, sig });
    if (!link.ok) throw Error("a link that was verified can be read");
    const { action } = link.value;
    if (action.t !== "rotate" && action.t !== "remove") continue;
    if (rotation === undefined) return err("not-here");
    const staged = await stageRotation(api, g, action.epoch, rotation);
    if (!staged.ok) return staged;
  }
  return ok(undefined);
}

/** The person has read that it was sent. */
export async function noteRestoredRead(g: string): Promise<void> {
  await db.groups.update(g, { restored: null });
}
