import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { MOST_RECORDS_TOLD } from "../../../server/groups/news.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { append, type Log, nextLink, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { addMember, addRecord, type Joined, newGroup } from "../groups-over-http.ts";
import { type Served, serve } from "../served.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;
  let alice: Joined;
  let bob: Joined;
  let log: Log;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
    [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    log = await addMember(await newGroup(alice), alice, bob, "viewer");
  });
  afterEach(() => served?.close());

  const headOf = ({ known: { core } }: Log) => ({
    g: core?.g ?? "",
    n: core?.n ?? 0,
    head: core?.head ?? "",
  });
  const newsFor = ({ api }: Joined, ...from: number[]) =>
    api.group.news.mutate({ since: from.map((n) => ({ g: headOf(log).g, from: n })) });

  /** Writes records with one link. @param ids of those that are there already, by the version that they get */
  async function write(count: number, ids = new Map<string, number>()): Promise<string[]> {
    const { g } = headOf(log);
    const hashes: string[] = [];
    for (let at = 0; at < count; at += 50) {
      const some = Array.from({ length: Math.min(50, count - at) }, () => bytesToBase64url(random(284)));
      hashes.push(...(await alice.api.group.stageRecords.mutate({ g, ciphertexts: some })));
    }
    const known = [...ids];
    const heads = hashes.map((h, at) => {
      const [id, ver] = known[at] ?? [crypto.randomUUID(), 1];
      return { id, ver, h };
    });
    const link = await nextLink(log, alice, "records", { epoch: 1, heads });
    await alice.api.group.append.mutate({ link, seals: [] });
    log = await append(log, link);
    return hashes;
  }

  describe("the news", () => {
    it("bring head, links and ciphertexts in one answer, and nothing but the head to who has all or asks not", async () => {
      const hashes = await write(2);
      const [news, ...others] = await newsFor(bob, 2);
      expect(others).toEqual([]);
      expect(news).toMatchObject({ ...headOf(log), links: log.links.slice(2) });
      expect(news?.records.map(({ h }) => h).sort()).toEqual(hashes.sort());
      const { records } = news ?? { records: [] };
      expect(await bob.api.group.records.query({ g: headOf(log).g, hashes })).toEqual(
        expect.arrayContaining(records),
      );
      const nothing = [{ ...headOf(log), links: [], records: [] }];
      expect(await newsFor(bob, 3)).toEqual(nothing);
      expect(await newsFor(bob, 1_000)).toEqual(nothing);
      expect(await newsFor(bob)).toEqual(nothing);
    });

    it("bring of a record that has changed again and again its last ciphertext", async () => {
      const { log: after, id } = await addRecord(log, alice);
      log = after;
      await write(1, new Map([[id, 2]]));
      const [last = ""] = await write(1, new Map([[id, 3]]));
      const [news] = await newsFor(bob, 2);
      expect(news?.links).toHaveLength(3);
      expect(news?.records.map(({ h }) => h)).toEqual([last]);
    });

    it("bring no ciphertext to who may not use codes, and nothing to who is not in the group", async () => {
      const [guest, eve] = [await served.join("guest@example.com"), await served.join("eve@example.com")];
      log = await addMember(log, alice, guest, "guest");
      await write(1);
      const [news] = await newsFor(guest, 3);
      expect(news).toMatchObject({ links: log.links.slice(3), records: [] });
      expect(await newsFor(eve, 0)).toEqual([]);
    });

    it("bring so many ciphertexts and no more: the rest is asked for", async () => {
      await write(MOST_RECORDS_TOLD + 1);
      const [news] = await newsFor(bob, 2);
      expect(news?.links).toHaveLength(1);
      expect(news?.records).toHaveLength(MOST_RECORDS_TOLD);
    });
  });
});
