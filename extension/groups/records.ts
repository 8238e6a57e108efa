import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { type GroupKey, recordsKeyOf } from "../../shared/group/group-key.ts";
import { hashRecord, MOST_RECORD_BYTES, openRecord, type RecordContent } from "../../shared/group/record.ts";
import type { RecordHead } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Api, ask } from "../servers/api.ts";
import type { SharedRecordRow } from "../vault/db.ts";
import { isSyncStopped, saySyncProgress } from "./sync-progress.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** So many ciphertexts at once: what the server takes and gives. */
export const RECORDS_AT_ONCE = 50;

/** A record as the log now has it. */
export type ArrivedRecord = {
  readonly head: RecordHead;
  readonly row: SharedRecordRow;
  /** Null for what can't be read: written by a later version, or by nobody who could. */
  readonly content: RecordContent | null;
};

/**
 * Fetches the ciphertexts that heads promise, and opens them. Bytes that differ from what the log promises are a cheat;
 * what does not come is `missing`, and asked for again. So is what is left where somebody stops it.
 *
 * @param told ciphertexts that are here already, believed as little: what is among them is not asked for
 */
export async function fetchRecords(
  api: Api,
  key: GroupKey,
  heads: readonly RecordHead[],
  told: readonly { readonly h: string; readonly ciphertext: string }[] = [],
): Promise<Result<{ arrived: ArrivedRecord[]; missing: string[] }, GroupTrouble>> {
  const recordsKey = await recordsKeyOf(key);
  const arrived: ArrivedRecord[] = [];
  const missing: string[] = [];
  const toldByHash = new Map(told.map(({ h, ciphertext }) => [h, ciphertext]));
  for (let at = 0; at < heads.length; at += RECORDS_AT_ONCE) {
    saySyncProgress(key.g, { what: "records", done: at, total: heads.length });
    if (isSyncStopped(key.g)) {
      missing.push(...heads.slice(at).map(({ id }) => id));
      break;
    }
    const wanted = heads.slice(at, at + RECORDS_AT_ONCE);
    const hashes = wanted.flatMap(({ h }) => (h === null || toldByHash.has(h) ? [] : [h]));
    const sent = hashes.length > 0 ? await ask(api.group.records.query({ g: key.g, hashes })) : ok([]);
    if (!sent.ok) return err(troubleOf(sent.error));
    const byHash = new Map(sent.value.map(({ h, ciphertext }) => [h, ciphertext]));
    for (const head of wanted) {
      const text = head.h === null ? undefined : (toldByHash.get(head.h) ?? byHash.get(head.h));
      if (text === undefined) {
        missing.push(head.id);
        continue;
      }
      const bytes = base64urlToBytes(text);
      if (!bytes.ok || bytes.value.length > MOST_RECORD_BYTES) return err("record");
      if ((await hashRecord(bytes.value)) !== head.h) return err("record");
      const { id, ver, epoch, by } = head;
      const sealed = { id, g: key.g, ver, epoch, by, ciphertext: bytes.value };
      const content = await contentOf(recordsKey, sealed);
      const row: SharedRecordRow = { ...sealed, isEntry: content?.kind === "entry", rev: -1 };
      arrived.push({ head, row, content });
    }
  }
  return ok({ arrived, missing });
}

/** What a record that is kept here says; null where it can't be read. */
export async function contentOf(
  recordsKey: CryptoKey,
  row: Omit<SharedRecordRow, "isEntry" | "rev">,
): Promise<RecordContent | null> {
  const opened = await openRecord(recordsKey, row, row.ciphertext);
  return opened.ok ? opened.value : null;
}

/**
 * Sends ciphertexts ahead of the link that will name them.
 *
 * @param beforeEach told how many are sent, before the next are; what it refuses ends it
 */
export async function stageRecords(
  api: Api,
  g: string,
  rows: readonly SharedRecordRow[],
  beforeEach: (sent: number) => Result<void, GroupTrouble> = () => ok(undefined),
): Promise<Result<void, GroupTrouble>> {
  for (let at = 0; at < rows.length; at += RECORDS_AT_ONCE) {
    const goesOn = beforeEach(at);
    if (!goesOn.ok) return goesOn;
    const ciphertexts = rows
      .slice(at, at + RECORDS_AT_ONCE)
      .map(({ ciphertext }) => bytesToBase64url(ciphertext));
    const staged = await ask(api.group.stageRecords.mutate({ g, ciphertexts }));
    if (!staged.ok) return err(troubleOf(staged.error));
  }
  return ok(undefined);
}

/** Sends the list of a rotation ahead of its link. */
export async function stageRotation(
  api: Api,
  g: string,
  epoch: number,
  rotation: Bytes,
): Promise<Result<void, GroupTrouble>> {
  const list = bytesToBase64url(rotation);
  const staged = await ask(api.group.stageRotation.mutate({ g, epoch, list }));
  return staged.ok ? ok(undefined) : err(troubleOf(staged.error));
}
