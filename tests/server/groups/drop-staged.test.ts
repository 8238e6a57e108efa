import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink } from "../../../server/groups/append.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import type { Link } from "../../../shared/group/link.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../../shared/group/rotation.ts";
import { anyHash, append, type Log, nextLink, type Person, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { newWriter } from "../kill-under-load.ts";
import { staging } from "./staging.ts";

const NOW = 10_000_000;
const HOUR_MS = 60 * 60_000;
const BYTES = 284;

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let log: Log;
  let record: string;

  beforeEach(async () => {
    db = await open();
    ({ person: alice, log } = await newWriter(db));
    await bring(log.links[0] ?? fail(), true);
    record = crypto.randomUUID();
    const [h = ""] = await stage();
    await take(await nextLink(log, alice, "records", { epoch: 1, heads: [{ id: record, ver: 1, h }] }));
  });

  const fail = () => {
    throw Error("no link");
  };
  const g = () => log.known.core?.g ?? "";

  async function bring(link: Link, seals: boolean): Promise<string> {
    const sealed = seals ? [{ user: alice.id, sealed: random(80) }] : [];
    const taken = await appendLink(db, { link, seals: sealed, by: alice.id }, NOW);
    return taken.ok ? "taken" : taken.error;
  }

  async function take(link: Link): Promise<void> {
    expect(await bring(link, false)).toBe("taken");
    log = await append(log, link);
  }

  /** @returns the hashes of so many ciphertexts, staged */
  async function stage(count = 1, stagedBytes = 1_000_000, now = NOW): Promise<readonly string[]> {
    const ciphertexts = Array.from({ length: count }, () => random(BYTES));
    const staged = await stageRecords(db, staging(g(), alice, { stagedBytes }), ciphertexts, now);
    if (!staged.ok) throw Error(staged.error);
    return staged.value;
  }

  const counted = async () => (await db.selectFrom("staged").select("h").execute()).map(({ h }) => h);
  const kept = async () => (await db.selectFrom("blob").select("h").execute()).map(({ h }) => h);
  const groupBytes = async () => (await db.selectFrom("group_size").select("bytes").execute())[0]?.bytes;

  describe("what was sent for a link that came too late", () => {
    it("counts for nobody any more: somebody who is crossed again and again can go on", async () => {
      const room = 2 * BYTES + 1_000;
      for (let crossed = 0; crossed < 4; crossed++) {
        const [h = ""] = await stage(1, room);
        const ver = (log.known.heads.get(record)?.ver ?? 0) + 1;
        const rotated: RotatedRecord[] = [[record, ver, h]];
        const list = formatRotation(rotated);
        const kept = await stageRotation(
          db,
          { ...staging(g(), alice, { stagedBytes: room }), epoch: 2, list },
          NOW,
        );
        expect(kept.ok).toBe(true);
        const records = await hashRotation(g(), 2, list);
        const late = await nextLink(log, alice, "rotate", { epoch: 2, commit: anyHash(), records });
        const [other = ""] = await stage(1, room);
        await take(
          await nextLink(log, alice, "records", { epoch: 1, heads: [{ id: record, ver, h: other }] }),
        );
        expect(await bring(late, true)).toBe("conflict");
      }
      expect(await counted()).toEqual([]);
      expect(await db.selectFrom("rotation_list").select("h").execute()).toEqual([]);
      // The five that links have named, replaced ones too.
      expect(await groupBytes()).toBe(5 * BYTES);
    });

    it("is all that goes: neither what a link names nor what is sent for another link", async () => {
      const [late = "", other = ""] = await stage(2);
      const heads = [{ id: crypto.randomUUID(), ver: 1, h: late }];
      const link = await nextLink(log, alice, "records", { epoch: 1, heads });
      await take(
        await nextLink(log, alice, "records", { epoch: 1, heads: [{ id: record, ver: 2, h: null }] }),
      );
      expect(await bring(link, false)).toBe("conflict");
      expect(await counted()).toEqual([other]);
      expect(await kept()).not.toContain(late);
      // A link that was taken, and whose answer was lost: it is there already.
      const again = log.links[1] ?? fail();
      const before = await kept();
      expect(await bring(again, false)).toBe("conflict");
      expect(await kept()).toEqual(before);
    });

    it("is not dropped by somebody else who brings a link that names it", async () => {
      const staged = await stage(1);
      const heads = [{ id: crypto.randomUUID(), ver: 1, h: staged[0] ?? "" }];
      const link = await nextLink(log, alice, "records", { epoch: 1, heads });
      await take(
        await nextLink(log, alice, "records", { epoch: 1, heads: [{ id: record, ver: 2, h: null }] }),
      );
      const brought = await appendLink(db, { link, seals: [], by: "eve" }, NOW);
      expect(brought).toEqual({ ok: false, error: "conflict" });
      expect(await counted()).toEqual(staged);
    });
  });

  describe("an attempt that was cut short", () => {
    it("gives its room to the next one after an hour, and not to one that goes on beside it", async () => {
      const room = 3 * BYTES;
      const first = await stage(2, room);
      await expect(stage(2, room, NOW + HOUR_MS - 1)).rejects.toThrow("staged-too-much");
      const second = await stage(2, room, NOW + HOUR_MS + 1);
      expect((await counted()).sort()).toEqual([...second].sort());
      for (const h of first) expect(await kept()).not.toContain(h);
      expect(await groupBytes()).toBe(3 * BYTES);
    });
  });
});
