import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { hashRecord, MOST_RECORD_BYTES } from "../../shared/group/record.ts";
import { anyHash, random } from "../shared/group/people.ts";
import { ciphertextOf, linkBy, recordHead, showNext } from "./forge.ts";
import { liesAboutKeys } from "./key-lies.ts";
import { refuses, syncOf } from "./lie.ts";
import { liesAboutContents } from "./place-lies.ts";
import { inStep, newWorld, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 180_000);
afterAll(() => world.close());

liesAboutKeys(here);
liesAboutContents(here);

/** Alice changes the second entry. */
async function changedByAlice(w: World): Promise<void> {
  await w.alice.device.run(({ entries }) => entries.changeEntry(w.entries[1] ?? "", { account: "new" }));
  await inStep(w.alice.device);
}

describe("a record is the one that the log promises", () => {
  refuses("A13 the bytes of another record are refused", here, {
    before: changedByAlice,
    lie: async (w) => {
      const other = await recordHead(w, w.entries[0] ?? "");
      const ciphertext = bytesToBase64url(await ciphertextOf(w, other.h));
      w.evil.on("group.records", (records) => records.map(({ h }) => ({ h, ciphertext })));
    },
    refusal: "record",
  });

  refuses("A14 the bytes that a record had before are refused", here, {
    before: async (w) => {
      old = bytesToBase64url(await ciphertextOf(w, (await recordHead(w, w.entries[1] ?? "")).h));
      await changedByAlice(w);
    },
    lie: (w) => w.evil.on("group.records", (records) => records.map(({ h }) => ({ h, ciphertext: old }))),
    refusal: "record",
  });

  refuses("A14 a record that goes back to a version it had is refused", here, {
    truth: changedByAlice,
    lie: async (w) => {
      const { id, ver, h, epoch } = await recordHead(w, w.entries[1] ?? "");
      await showNext(w, await linkBy(w, w.alice.person, "records", { epoch, heads: [{ id, ver, h }] }));
    },
    refusal: "log",
  });

  refuses("A15 a record that is deleted by nobody in the group is refused", here, {
    truth: changedByAlice,
    lie: async (w) => {
      const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
      const heads = [{ id, ver: ver + 1, h: null }];
      await showNext(w, await linkBy(w, w.eve.person, "records", { epoch, heads }));
    },
    refusal: "log",
  });

  refuses("A15 a record that stands twice in a link is refused", here, {
    truth: changedByAlice,
    lie: async (w) => {
      const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
      const heads = [
        { id, ver: ver + 1, h: anyHash() },
        { id, ver: ver + 1, h: anyHash() },
      ];
      await showNext(w, await linkBy(w, w.alice.person, "records", { epoch, heads }));
    },
    refusal: "log",
  });

  refuses("A15 a record under a key of another epoch is refused", here, {
    truth: changedByAlice,
    lie: async (w) => {
      const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
      const heads = [{ id, ver: ver + 1, h: anyHash() }];
      await showNext(w, await linkBy(w, w.alice.person, "records", { epoch: epoch + 1, heads }));
    },
    refusal: "log",
  });

  refuses("A31 a record that is longer than any may be is refused", here, {
    truth: changedByAlice,
    lie: async (w) => {
      const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
      const long = random(MOST_RECORD_BYTES + 1);
      const heads = [{ id, ver: ver + 1, h: await hashRecord(long) }];
      const link = await linkBy(w, w.alice.person, "records", { epoch, heads });
      await showNext(w, link, { ciphertexts: [long] });
    },
    refusal: "record",
  });

  test("A15 a record that nobody asked for is not taken", async () => {
    await world.restore();
    await changedByAlice(world);
    const stray = random(300);
    const h = await hashRecord(stray);
    world.evil.on("group.records", (records) => [...records, { h, ciphertext: bytesToBase64url(stray) }]);
    expect(await syncOf(world, world.bob)).toBe("ok");
    expect(await world.bob.device.shown()).toContain("GitHub new");
    const kept = await world.bob.device.run(({ db }) =>
      db.sharedRecords.where("g").equals(world.g).toArray(),
    );
    expect(kept).toHaveLength(3);
  });

  test("A15 a record that does not come is missed, said, and kept as it was until it comes", async () => {
    await world.restore();
    await changedByAlice(world);
    const { h: promised } = await recordHead(world, world.entries[1] ?? "");
    world.evil.on("group.records", (records) => records.filter(({ h }) => h !== promised));
    expect(await syncOf(world, world.bob)).toBe("withheld");
    expect(await world.bob.device.shown()).toContain("GitHub root");
    expect(await syncOf(world, world.bob)).toBe("withheld");
    world.evil.reset();
    expect(await syncOf(world, world.bob)).toBe("ok");
    expect(await world.bob.device.shown()).toContain("GitHub new");
  });

  test("A15 what is changed here in a record that does not come waits for it, and nothing else waits", async () => {
    await world.restore();
    await changedByAlice(world);
    const id = world.entries[1] ?? "";
    const { h: promised } = await recordHead(world, id);
    await world.bob.device.run(({ entries }) => entries.changeEntry(id, { note: "by bob" }));
    world.evil.on("group.records", (records) => records.filter(({ h }) => h !== promised));
    expect(await syncOf(world, world.bob)).toBe("withheld");
    // The change of the other entry has gone.
    const first = await recordHead(world, world.entries[0] ?? "");
    expect(first.by).toBe(world.bob.person.id);
    world.evil.reset();
    expect(await syncOf(world, world.bob)).toBe("ok");
    expect(await world.bob.device.shown()).toContain("GitHub new by bob");
  });

  test("A15 no new key is made over a record that does not come: it would be lost to all", async () => {
    await world.restore();
    await changedByAlice(world);
    const { h: promised } = await recordHead(world, world.entries[1] ?? "");
    world.evil.on("group.records", (records) => records.filter(({ h }) => h !== promised));
    world.evil.exchanges.length = 0;
    const made = await world.bob.device.run(({ rotate }) => rotate.rotateKey(world.g));
    expect(made).toEqual({ ok: false, error: "withheld" });
    expect(world.evil.exchanges.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

let old = "";
