import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { newGroupKey, recordsKeyOf, sealGroupKey } from "../../shared/group/group-key.ts";
import { hashRecord, MOST_RECORD_BYTES, openRecord, type RecordPlace } from "../../shared/group/record.ts";
import { value } from "../groups/device.ts";
import { anyHash, random } from "../shared/group/people.ts";
import {
  append,
  ciphertextOf,
  coreOf,
  forgeRecord,
  groupKeyOf,
  linkBy,
  linksOf,
  recordHead,
  showNext,
} from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, newWorld, put, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 60_000);
afterAll(() => world.close());

/** Alice changes the second entry. */
async function changedByAlice(w: World): Promise<void> {
  await w.alice.device.run(({ entries }) => entries.changeEntry(w.entries[1] ?? "", { account: "new" }));
  await inStep(w.alice.device);
}

const rotated = async (w: World) => value(await w.alice.device.run(({ rotate }) => rotate.rotateKey(w.g)));

describe("the group's key is the one that its log promises", () => {
  refuses("A6 another key in the place of the group's is refused", here, {
    before: rotated,
    lie: async (w) => {
      const { epoch } = await coreOf(w);
      const { id, opening } = w.bob.person;
      const sealed = await sealGroupKey(newGroupKey(w.g, epoch), { id, enc: opening.publicKey });
      w.evil.on("group.seal", () => bytesToBase64url(value(sealed)));
    },
    refusal: "group-key",
  });

  refuses("A6 the key of an earlier epoch is refused", here, {
    before: rotated,
    lie: async (w) => {
      const { id, opening } = w.bob.person;
      const sealed = await sealGroupKey(await groupKeyOf(w), { id, enc: opening.publicKey });
      w.evil.on("group.seal", () => bytesToBase64url(value(sealed)));
    },
    refusal: "group-key",
  });

  refuses("A6 a key that is not sealed to this person is refused", here, {
    before: rotated,
    lie: (w) => w.evil.on("group.seal", () => bytesToBase64url(random(80))),
    refusal: "group-key",
  });

  test("A29 who was taken out opens nothing that is written then, not even with all that the server has", async () => {
    await world.restore();
    value(await world.alice.device.run(({ members }) => members.removeMember(world.g, world.eve.person.id)));
    await put(world.alice.device, [await world.alice.device.add({ issuer: "After" })], world.g);
    await inStep(world.alice.device, world.bob.device);
    const [{ n, head }, links] = [await coreOf(world), await linksOf(world)];
    const answer = (json: unknown) => JSON.stringify({ result: { data: json } });
    world.evil.on("group.heads", (heads) => [...heads, { g: world.g, n, head }]);
    for (const [path, make] of [
      ["group.log", (input: { from: number }) => links.slice(input.from)],
      ["group.rotation", async (input: { epoch: number }) => listOf(world, input.epoch)],
      ["group.seal", () => null],
    ] as const) {
      world.evil.instead(path, async (response, exchange) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(answer(await make(exchange.input as never)));
      });
    }
    expect(await syncOf(world, world.eve)).toBe("no-access");
    expect((await world.eve.device.shown()).some((text) => text.includes("After"))).toBe(false);

    const known = await groupKeyOf(world);
    const heads = await world.db
      .selectFrom("record_head")
      .selectAll()
      .where("g", "=", world.g)
      .where("h", "is not", null)
      .execute();
    for (const { id, ver, h, epoch, by_user: by } of heads) {
      const key = await recordsKeyOf({ ...known, epoch });
      const opened = await openRecord(
        key,
        { g: world.g, id, ver, epoch, by },
        await ciphertextOf(world, h ?? ""),
      );
      expect(opened.ok).toBe(false);
    }
    const seals = await world.db
      .selectFrom("seal")
      .select("user_id")
      .where("g", "=", world.g)
      .where("epoch", "=", 2)
      .execute();
    expect(seals.map(({ user_id }) => user_id)).not.toContain(world.eve.person.id);
  });
});

async function listOf(w: World, epoch: number) {
  const row = await w.db
    .selectFrom("rotation_list")
    .select("list")
    .where("g", "=", w.g)
    .where("epoch", "=", epoch)
    .executeTakeFirstOrThrow();
  return bytesToBase64url(row.list);
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

describe("a ciphertext belongs to one place", () => {
  const elsewhere: Readonly<
    Record<keyof RecordPlace, (place: RecordPlace, w: World) => Partial<RecordPlace>>
  > = {
    g: (_, { other }) => ({ g: other }),
    id: (_, { entries }) => ({ id: entries[0] ?? "" }),
    ver: ({ ver }) => ({ ver: ver - 1 }),
    epoch: ({ epoch }) => ({ epoch: epoch + 1 }),
    by: (_, { eve }) => ({ by: eve.person.id }),
  };

  test("A13 what was made for the place is taken", async () => {
    expect(await pasted({})).toContain("Forged root");
  });

  for (const [field, move] of Object.entries(elsewhere)) {
    test(`A13 what was made for another ${field} is not taken, even if a member's link names it`, async () => {
      const shown = await pasted(move(await placeOf(world), world));
      expect(shown).toContain("GitHub root");
      expect(shown.filter((text) => text.includes("Forged"))).toEqual([]);
    });
  }
});

async function placeOf(w: World): Promise<RecordPlace> {
  const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
  return { g: w.g, id, ver: ver + 1, epoch, by: w.alice.person.id };
}

/** Alice means ill: her link names a ciphertext that was made for another place. @returns what Bob sees then */
async function pasted(made: Partial<RecordPlace>): Promise<string[]> {
  await world.restore();
  const place = await placeOf(world);
  const entry = value(await world.bob.device.run(({ entries }) => entries.readEntry(place.id)));
  const content = { kind: "entry", entry: { ...entry, issuer: "Forged" } } as const;
  const ciphertext = await forgeRecord(world, { ...place, ...made }, content);
  const heads = [{ id: place.id, ver: place.ver, h: await hashRecord(ciphertext) }];
  const link = await linkBy(world, world.alice.person, "records", { epoch: place.epoch, heads });
  await world.alice.api.group.stageRecords.mutate({
    g: world.g,
    ciphertexts: [bytesToBase64url(ciphertext)],
  });
  await append(world.alice, link);
  expect(await syncOf(world, world.bob)).toBe("ok");
  return world.bob.device.shown();
}

test("A34 a counter never goes back, whatever a member or a server says of it", async () => {
  await world.restore();
  const hotp = { type: "hotp", issuer: "Counted", counter: 5, period: null } as const;
  const id = await world.alice.device.add(hotp);
  await put(world.alice.device, [id], world.g);
  await inStep(world.alice.device, world.bob.device);
  await world.bob.device.run(({ entries }) => entries.changeEntry(id, { counter: 9 }));
  await world.alice.device.run(({ entries }) => entries.changeEntry(id, { counter: 3 }));
  await inStep(world.alice.device, world.bob.device);
  const entry = value(await world.bob.device.run(({ entries }) => entries.readEntry(id)));
  expect(entry.counter).toBe(9);
});

test("A31 hostile texts come as they are, and stay texts", async () => {
  await world.restore();
  const texts = [
    "\u202eknab\u202c",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\u0000\u0007\u001b[31m",
    "A".repeat(1_500),
    "__proto__",
    "\u2066\u2067\u2068",
  ];
  for (const issuer of texts) {
    const id = await world.alice.device.add({ issuer, account: issuer, note: issuer, tags: [issuer] });
    await put(world.alice.device, [id], world.g);
  }
  await inStep(world.alice.device, world.bob.device);
  const shown = await world.bob.device.shown();
  for (const text of texts) expect(shown).toContain(`${text} ${text} ${text}`.trim());
});
