import type { Api } from "../../../extension/servers/api.ts";
import { base64urlToBytes } from "../../../shared/bytes.ts";
import { commitGroupKey, newGroupKey, recordsKeyOf, sealGroupKey } from "../../../shared/group/group-key.ts";
import { type Link, readLink } from "../../../shared/group/link.ts";
import { type RecordContent, resealRecord, sealRecord } from "../../../shared/group/record.ts";
import { timed } from "./timed.ts";

/** What is measured against runs on the same device: the least that each job can't do without. */

/** Somebody whom a key is sealed to; `enc` is base64url. */
export type Recipient = { readonly id: string; readonly enc: string };

/** Bare verifications, one after the other, as a log's are. @returns how many milliseconds; reading the links is not in it */
export async function verifyBare(sig: string, links: readonly Link[]): Promise<number> {
  const key = bytesOf(sig);
  const read = await Promise.all(links.map(readLink));
  return timed(async () => {
    for (const link of read) {
      if (!link.ok) throw Error(link.error);
      const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      const { signed, signature } = link.value;
      if (!(await crypto.subtle.verify("Ed25519", imported, signature, signed))) throw Error("not signed");
    }
  });
}

/** Asks for the same links and ciphertexts as a first sync, and looks at none. */
export async function askForAll(api: Api, g: string, hashes: readonly string[]): Promise<void> {
  for (let from = 0; from <= hashes.length; ) from += (await api.group.log.query({ g, from })).length;
  for (let at = 0; at < hashes.length; at += 50)
    await api.group.records.query({ g, hashes: hashes.slice(at, at + 50) });
}

/** What no new key can do without: the key sealed to each person, each record opened and encrypted again. */
export async function sealAnew(g: string, people: readonly Recipient[], records: number): Promise<void> {
  const key = newGroupKey(g, 2);
  await commitGroupKey(key);
  for (const { id, enc } of people) await sealGroupKey(key, { id, enc: bytesOf(enc) });
  const recordsKey = await recordsKeyOf(key);
  const place = { g, id: crypto.randomUUID(), ver: 1, epoch: 2, by: "anybody" };
  const content: RecordContent = {
    ...{ kind: "group", name: "x".repeat(150), people: {}, isPersonal: false, others: {} },
  };
  const sealed = await sealRecord(recordsKey, place, content);
  if (!sealed.ok) throw Error(sealed.error);
  const from = { key: recordsKey, place, sealed: sealed.value };
  for (let one = 0; one < records; one++) await resealRecord(from, { key: recordsKey, place });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const bytes = base64urlToBytes(base64url);
  if (!bytes.ok) throw Error("not base64url");
  return bytes.value;
}
