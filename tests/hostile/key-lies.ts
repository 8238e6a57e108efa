import { describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { newGroupKey, recordsKeyOf, sealGroupKey } from "../../shared/group/group-key.ts";
import { openRecord } from "../../shared/group/record.ts";
import { value } from "../groups/device.ts";
import { random } from "../shared/group/people.ts";
import { ciphertextOf, coreOf, groupKeyOf, linksOf } from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, put, type World } from "./world.ts";

/** The group's key. */
export function liesAboutKeys(here: () => World): void {
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
      const world = here();
      await world.restore();
      value(
        await world.alice.device.run(({ members }) => members.removeMember(world.g, world.eve.person.id)),
      );
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
}

const rotated = async (w: World) => value(await w.alice.device.run(({ rotate }) => rotate.rotateKey(w.g)));

async function listOf(w: World, epoch: number) {
  const row = await w.db
    .selectFrom("rotation_list")
    .select("list")
    .where("g", "=", w.g)
    .where("epoch", "=", epoch)
    .executeTakeFirstOrThrow();
  return bytesToBase64url(row.list);
}
