import type { Api } from "../../../extension/servers/api.ts";
import { writeChanges } from "../../../server/groups/state.ts";
import type { Bytes } from "../../../shared/bytes.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { foldLink } from "../../../shared/group/fold.ts";
import { commitGroupKey, newGroupKey, recordsKeyOf, sealGroupKey } from "../../../shared/group/group-key.ts";
import { type Link, readLink, signLink } from "../../../shared/group/link.ts";
import { groupIdOf } from "../../../shared/group/proofs.ts";
import { hashRecord, sealRecord } from "../../../shared/group/record.ts";
import { applyChanges, type Known, NOTHING_KNOWN } from "../../../shared/group/state.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import { accepted, type Log, type Person, random } from "../../shared/group/people.ts";
import type { BenchUser, World } from "./world.ts";

/** A group that is at the server, with what its owner knows of it. */
export type BenchGroup = {
  readonly g: string;
  readonly owner: BenchUser;
  readonly recordsKey: CryptoKey;
  log: Log;
};

/**
 * Puts a group into a database as if it had been there for long: its links, and the rows that they come to, without the
 * requests by which each of them would have come.
 *
 * @param perLink how many records one link brings: 1 where each was added by itself, more where they were imported
 */
export async function putGroup(
  { db }: World,
  owner: BenchUser,
  { records, perLink = 1, people = [] }: { records: number; perLink?: number; people?: readonly Person[] },
): Promise<BenchGroup> {
  const nonce = bytesToBase64url(random(16));
  const g = await groupIdOf(nonce, owner.sig);
  const key = newGroupKey(g, 1);
  const recordsKey = await recordsKeyOf(key);
  const { id, sig, enc } = owner;
  const links: Link[] = [];
  const hashes: string[] = [];
  let known: Known = NOTHING_KNOWN;
  // One map for all: a new one for each link would be what takes the time here.
  const [members, heads] = [new Map(known.members), new Map(known.heads)];
  const add = async (saying: object) => {
    const common = { v: 1, g, n: links.length, p: known.core?.head ?? "", by: id, at: 0 };
    const link = await signLink(owner.signing, { ...common, ...saying } as Parameters<typeof signLink>[1]);
    const read = await readLink(link);
    if (!read.ok) throw Error(read.error);
    const folded = await foldLink(known, read.value, { rotation: null });
    if (!folded.ok) throw Error(folded.error);
    const now = applyChanges({ core: null, members: new Map(), heads: new Map() }, folded.value);
    for (const [each, member] of now.members) members.set(each, member);
    for (const [each, head] of now.heads) heads.set(each, head);
    known = { core: now.core, members, heads };
    links.push(link);
    hashes.push(read.value.hash);
  };
  await add({ t: "create", nonce, owner: { id, sig, enc }, commit: await commitGroupKey(key) });
  const seals: { g: string; epoch: number; user_id: string; sealed: Bytes }[] = [];
  for (const person of [owner, ...people]) {
    if (person !== owner) {
      const log = { links, known, lists: [] };
      await add({ t: "add", ...(await accepted(log, person, "editor")) });
    }
    const sealed = await sealGroupKey(key, { id: person.id, enc: person.opening.publicKey });
    if (!sealed.ok) throw Error(sealed.error);
    seals.push({ g, epoch: 1, user_id: person.id, sealed: sealed.value });
  }
  const blobs: { g: string; h: string; ciphertext: Bytes; staged_at: number }[] = [];
  for (let at = 0; at < records; at += perLink) {
    const said = [];
    for (let one = at; one < Math.min(records, at + perLink); one++) {
      const place = { g, id: crypto.randomUUID(), ver: 1, epoch: 1, by: id };
      const ciphertext = await sealEntry(recordsKey, place, `user ${one}`);
      const h = await hashRecord(ciphertext);
      blobs.push({ g, h, ciphertext, staged_at: Date.now() });
      said.push({ id: place.id, ver: 1, h });
    }
    await add({ t: "records", epoch: 1, heads: said });
  }
  const { core } = known;
  if (core === null) throw Error("no links");
  const rows = links.map((link, n) => ({ g, n, ...link, hash: hashes[n] ?? "", taken_at: 0 }));
  const bytes = blobs.reduce((sum, { ciphertext }) => sum + ciphertext.length, 0);
  await db.transaction().execute(async (trx) => {
    await writeChanges(trx, { core, members: [...members.values()], heads: [...heads.values()] });
    for (const part of parts(rows)) await trx.insertInto("group_link").values(part).execute();
    for (const part of parts(blobs)) await trx.insertInto("blob").values(part).execute();
    await trx.insertInto("seal").values(seals).execute();
    await trx.insertInto("group_size").values({ g, bytes }).execute();
  });
  return { g, owner, recordsKey, log: { links, known, lists: [] } };
}

/** Has a link made that changes one record of the group, or adds one, and its ciphertext staged. It is not appended yet. */
export async function stagedChange(
  api: Api,
  { g, owner, recordsKey, log }: BenchGroup,
  how: "add" | "change",
): Promise<Link> {
  const { core, heads } = log.known;
  if (core === null) throw Error("no group");
  const [first] = heads.values();
  const changed = how === "change" ? first : undefined;
  const [id, ver] = [changed?.id ?? crypto.randomUUID(), (changed?.ver ?? 0) + 1];
  const place = { g, id, ver, epoch: 1, by: owner.id };
  const ciphertext = await sealEntry(recordsKey, place, `user ${Math.random()}`);
  const hashes = await api.group.stageRecords.mutate({ g, ciphertexts: [bytesToBase64url(ciphertext)] });
  const said = hashes.map((h) => ({ id, ver, h }));
  const common = { v: 1, g, n: core.n + 1, p: core.head, by: owner.id, at: 0 } as const;
  return signLink(owner.signing, { t: "records", ...common, epoch: 1, heads: said });
}

/** The owner's side goes on from a link that the server has taken. */
export async function goOn(group: BenchGroup, link: Link): Promise<void> {
  const read = await readLink(link);
  if (!read.ok) throw Error(read.error);
  const folded = await foldLink(group.log.known, read.value, { rotation: null });
  if (!folded.ok) throw Error(folded.error);
  group.log = { ...group.log, known: applyChanges(group.log.known, folded.value) };
}

async function sealEntry(
  key: CryptoKey,
  place: Parameters<typeof sealRecord>[1],
  account: string,
): Promise<Bytes> {
  const entry = draftToEntry(
    {
      ...{ type: "totp", issuer: "AWS", account, secret: "JBSWY3DPEHPK3PXP", algorithm: "SHA1", digits: 6 },
      ...{ period: 30, counter: null, pin: null },
    },
    0,
  );
  const sealed = await sealRecord(key, place, { kind: "entry", entry });
  if (!sealed.ok) throw Error(sealed.error);
  return sealed.value;
}

function* parts<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += 500) yield all.slice(at, at + 500);
}
