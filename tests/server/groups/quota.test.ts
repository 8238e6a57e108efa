import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink } from "../../../server/groups/append.ts";
import { NO_QUOTA, quotaOf, type Stager } from "../../../server/groups/quota.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import { SUPERSEDED_MS } from "../../../server/sweep/ciphertexts.ts";
import { sweep } from "../../../server/sweep/sweep.ts";
import { MOST_RECORDS } from "../../../shared/group/action.ts";
import { MOST_RECORD_BYTES } from "../../../shared/group/record.ts";
import { formatRotation, hashRotation } from "../../../shared/group/rotation.ts";
import {
  anyHash,
  append,
  type Log,
  newLog,
  nextLink,
  type Person,
  random,
} from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { newWriter } from "../kill-under-load.ts";
import { configWith } from "../served.ts";
import { staging } from "./staging.ts";

const NOW = 1_000_000;
const BYTES = 284;

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let log: Log;
  /** Another group of hers. */
  let other: Log;

  beforeEach(async () => {
    db = await open();
    ({ person: alice, log } = await newWriter(db));
    other = await newLog(alice);
    for (const { links } of [log, other]) {
      const [link] = links;
      if (!link) throw Error("no first link");
      await appendLink(db, { link, seals: [{ user: alice.id, sealed: random(80) }] }, NOW);
    }
  });

  const idOf = ({ known }: Log) => known.core?.g ?? "";
  const mine = (of: Log, quota: Partial<Stager["quota"]>) => staging(idOf(of), alice, quota);
  const some = (count: number) => Array.from({ length: count }, () => random(BYTES));

  async function stage(stager: Stager, ciphertexts = some(1), now = NOW): Promise<string> {
    const staged = await stageRecords(db, stager, ciphertexts, now);
    return staged.ok ? "kept" : staged.error;
  }

  async function write(ciphertexts: readonly Uint8Array<ArrayBuffer>[], stager: Stager): Promise<void> {
    const staged = await stageRecords(db, stager, ciphertexts, NOW);
    if (!staged.ok) throw Error(staged.error);
    const heads = staged.value.map((h) => ({ id: crypto.randomUUID(), ver: 1, h }));
    const link = await nextLink(log, alice, "records", { epoch: 1, heads });
    expect((await appendLink(db, { link, seals: [] }, NOW)).ok).toBe(true);
    log = await append(log, link);
  }

  const bytesOf = async (of: Log) =>
    (await db.selectFrom("group_size").select("bytes").where("g", "=", idOf(of)).executeTakeFirst())?.bytes;

  describe("what no link names yet", () => {
    it("is so much for one person at most, in all groups together, until links name it", async () => {
      const quota = { stagedBytes: 3 * BYTES };
      const [first = random(0), second = random(0)] = some(2);
      expect(await stage(mine(log, quota), [first, second, second])).toBe("kept");
      expect(await stage(mine(other, quota))).toBe("kept");
      for (const of of [log, other]) expect(await stage(mine(of, quota))).toBe("staged-too-much");
      // What is there already takes no more room, and somebody else has their own.
      expect(await stage(mine(log, quota), [second])).toBe("kept");
      expect(await stage(staging(idOf(log), { id: "bob" }, quota))).toBe("kept");
      await write([first], mine(log, quota));
      expect(await stage(mine(other, quota), some(2))).toBe("staged-too-much");
      expect(await stage(mine(other, quota))).toBe("kept");
    });

    it("is kept all at once or not at all", async () => {
      expect(await stage(mine(log, { stagedBytes: 3 * BYTES }), some(4))).toBe("staged-too-much");
      expect(await db.selectFrom("blob").select("h").execute()).toEqual([]);
      expect(await stage(mine(log, { stagedBytes: 3 * BYTES }), some(3))).toBe("kept");
    });

    it("can't be more by fifty who send at once, in two groups", async () => {
      const quota = { stagedBytes: 20 * BYTES };
      const sent = Array.from({ length: 50 }, (_, at) => stage(mine(at % 2 ? log : other, quota)));
      expect((await Promise.all(sent)).filter((outcome) => outcome === "kept")).toHaveLength(20);
      expect(await db.selectFrom("blob").select("h").execute()).toHaveLength(20);
    });

    it("can't be more of one group by fifty who send at once", async () => {
      const people = Array.from({ length: 50 }, (_, at) => ({ id: `person ${at}` }));
      const quota = { groupBytes: 20 * BYTES };
      const sent = people.map((person) => stage(staging(idOf(log), person, quota)));
      expect((await Promise.all(sent)).filter((outcome) => outcome === "kept")).toHaveLength(20);
      expect(await bytesOf(log)).toBe(20 * BYTES);
    });

    it("gives its room back once it is swept away", async () => {
      const quota = { stagedBytes: 3 * BYTES };
      await stage(mine(log, quota), some(2));
      await stageRotation(db, { ...mine(log, quota), epoch: 2, list: formatRotation([]) }, NOW);
      expect(await stage(mine(log, quota))).toBe("staged-too-much");
      await sweep(db, NOW + 1);
      await sweep(db, NOW + 2 * SUPERSEDED_MS);
      expect(await bytesOf(log)).toBe(0);
      expect(await stage(mine(log, quota), some(3))).toBe("kept");
    });
  });

  describe("a group", () => {
    it("has so many bytes at most: what is named, what was replaced, and lists that no link names", async () => {
      const list = formatRotation([]);
      const quota = { groupBytes: 3 * BYTES + list.length };
      await write(some(2), mine(log, quota));
      await stageRotation(db, { ...mine(log, quota), epoch: 2, list }, NOW);
      expect(await stage(mine(log, quota), some(2))).toBe("group-full");
      expect(await stage(mine(other, quota), some(2))).toBe("kept");
      expect(await stage(mine(log, quota))).toBe("kept");
      const refused = await stageRotation(db, { ...mine(log, quota), epoch: 3, list }, NOW);
      expect(refused).toEqual({ ok: false, error: "group-full" });
      expect(await bytesOf(log)).toBe(quota.groupBytes);
    });

    it("that somebody has filled still takes a new key from whoever may remove them, an admin too", async () => {
      const quota = { ...NO_QUOTA, stagedBytes: 2 * BYTES, groupBytes: 2 * BYTES };
      await write(some(2), mine(log, quota));
      expect(await stage(mine(log, quotaOf("editor", quota)))).toBe("group-full");
      await write(some(2), mine(log, quotaOf("admin", quota)));
      expect(await stage(mine(log, quotaOf("admin", quota)))).toBe("group-full");
      expect(await stage(mine(log, quotaOf("owner", quota)), some(2))).toBe("kept");
    });

    it("is given a new key, and all that was sent for it counts for nobody any more", async () => {
      const list = formatRotation([]);
      await stageRotation(db, { ...mine(log, {}), epoch: 2, list }, NOW);
      const records = await hashRotation(idOf(log), 2, list);
      const link = await nextLink(log, alice, "rotate", { epoch: 2, commit: anyHash(), records });
      const seals = [{ user: alice.id, sealed: random(80) }];
      expect((await appendLink(db, { link, seals }, NOW)).ok).toBe(true);
      expect(await db.selectFrom("staged").selectAll().execute()).toEqual([]);
      // It counts for the log from now on.
      expect(await bytesOf(log)).toBe(0);
    });
  });
});

describe("the quotas, if nobody sets others", () => {
  it("leave room for a new key of the largest group there can be, beside what it has", () => {
    const { stagedBytes, groupBytes } = configWith().quota;
    const largest = MOST_RECORDS * MOST_RECORD_BYTES + 1024 * 1024;
    expect(stagedBytes).toBeGreaterThan(largest);
    expect(groupBytes).toBeGreaterThan(2 * largest);
  });
});
