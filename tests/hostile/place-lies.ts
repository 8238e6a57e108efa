import { describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { hashRecord, type RecordPlace } from "../../shared/group/record.ts";
import { value } from "../groups/device.ts";
import { append, forgeRecord, linkBy, recordHead } from "./forge.ts";
import { syncOf } from "./lie.ts";
import { inStep, put, type World } from "./world.ts";

/** What is in a record, and where it belongs. */
export function liesAboutContents(here: () => World): void {
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
      expect(await pasted(here(), {})).toContain("Forged root");
    });

    for (const [field, move] of Object.entries(elsewhere)) {
      test(`A13 what was made for another ${field} is not taken, even if a member's link names it`, async () => {
        const world = here();
        const shown = await pasted(world, move(await placeOf(world), world));
        expect(shown).toContain("GitHub root");
        expect(shown.filter((text) => text.includes("Forged"))).toEqual([]);
      });
    }
  });

  test("A34 a counter never goes back, whatever a member or a server says of it", async () => {
    const world = here();
    await world.restore();
    const hotp = { type: "hotp", issuer: "Counted", counter: 5, period: null } as const;
    const id = await world.alice.device.add(hotp);
    await put(world.alice.device, [id], world.g);
    await inStep(world.alice.device, world.bob.device);
    await world.bob.device.run(({ entries }) => entries.changeEntry(id, { counter: 9 }));
    await world.alice.device.run(({ entries }) => entries.changeEntry(id, { counter: 7, note: "used" }));
    await inStep(world.alice.device, world.bob.device);
    const entry = value(await world.bob.device.run(({ entries }) => entries.readEntry(id)));
    expect(entry.counter).toBe(9);
  });

  test("A31 hostile texts come as they are, and stay texts", async () => {
    const world = here();
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
}

async function placeOf(w: World): Promise<RecordPlace> {
  const { id, ver, epoch } = await recordHead(w, w.entries[1] ?? "");
  return { g: w.g, id, ver: ver + 1, epoch, by: w.alice.person.id };
}

/** Alice means ill: her link names a ciphertext that was made for another place. @returns what Bob sees then */
async function pasted(world: World, made: Partial<RecordPlace>): Promise<string[]> {
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
