import { describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { groupIdOf } from "../../shared/group/proofs.ts";
import { value } from "../groups/device.ts";
import { anyHash, random } from "../shared/group/people.ts";
import { headOf, twinOfLast } from "./deeds.ts";
import { coreOf, linksOf, showLog, signText } from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, inviteTo, put, type World } from "./world.ts";

/** Groups that are seen for the first time, or as they were once. */
export function liesAtFirstSight(here: () => World): void {
  describe("a group is the one that it was", () => {
    test("A5 a group that nobody spoke of is not looked at", async () => {
      const world = here();
      await world.restore();
      await inStep(world.bob.device);
      const foreign = "A".repeat(22);
      world.evil.on("group.heads", (heads) => [...heads, { g: foreign, n: 3, head: anyHash() }]);
      world.evil.exchanges.length = 0;
      await inStep(world.bob.device);
      expect(world.evil.exchanges.filter(({ url, body }) => `${url}${body}`.includes(foreign))).toEqual([]);
      expect(await world.bob.device.run(({ db }) => db.groups.get(foreign))).toBeUndefined();
    });

    refuses("A5 somebody else's first link in the place of the group's is refused", here, {
      before: startsAgain,
      lie: async (w) => {
        const nonce = bytesToBase64url(random(16));
        const { id, sig, enc } = w.eve.person;
        expect(await groupIdOf(nonce, sig)).not.toBe(w.g);
        const create = { t: "create", v: 1, g: w.g, n: 0, p: "", by: id, at: 0, nonce } as const;
        const owner = { id, sig, enc };
        const first = await signText(w.eve.person, JSON.stringify({ ...create, owner, commit: anyHash() }));
        await showLog(w, [first], { to: w.bob });
      },
      refusal: "log",
    });

    refuses("A17 who comes new to a group is not shown another past than their inviter's", here, {
      before: startsAgain,
      lie: async (w) => {
        const links = await linksOf(w);
        const forked = [...links.slice(0, -1), await twinOfLast(w)];
        await showLog(w, forked, { to: w.bob });
      },
      refusal: "promise",
      heals: false,
    });

    refuses("A17 nor a past that ends before what their inviter knew", here, {
      before: startsAgain,
      lie: async (w) => showLog(w, (await linksOf(w)).slice(0, -1), { to: w.bob }),
      refusal: "promise",
    });
  });

  describe("what can't be prevented can be seen", () => {
    test("A19 who is shown a group as it was yesterday sees other words than the others", async () => {
      const world = here();
      await world.restore();
      await inStep(world.bob.device, world.alice.device);
      expect(await wordsOf(world, world.bob)).toEqual(await wordsOf(world, world.alice));
      const [links, head] = [await linksOf(world), await headOf(world)];
      const id = await world.alice.device.add({ issuer: "Today" });
      await put(world.alice.device, [id], world.g);
      await showLog(world, links, { to: world.bob, head });
      await inStep(world.alice.device);
      expect(await syncOf(world, world.bob)).toBe("ok");
      expect(await wordsOf(world, world.bob)).not.toEqual(await wordsOf(world, world.alice));
    });

    test("A19 an invitation shows whoever gets it what the server hides", async () => {
      const world = here();
      await world.restore();
      value(
        await world.alice.device.run(({ members }) => members.removeMember(world.g, world.eve.person.id)),
      );
      const links = await linksOf(world);
      await byTag(world);
      const secret = await inviteTo(world, world.eve, "viewer");
      const read = () => world.eve.device.run(({ accept }) => accept.readOffer(world.serverId, secret));
      await world.eve.device.sync();
      expect(await read()).toMatchObject({ ok: true });
      world.evil.on("invitation.log", (_, { from }) => links.slice(from));
      expect(await read()).toEqual({ ok: false, error: "withheld" });
    });
  });
}

/** Bob's device as it is before it has seen anything of the group but what his inviter said of it: the present head. */
async function startsAgain(w: World) {
  const { n, head } = await coreOf(w);
  await w.bob.device.run(async ({ db, secrets, keys }) => {
    const row = await db.groups.get(w.g);
    if (!row) throw Error("no such group");
    const sealed = await secrets.sealGroupSecrets(await keys.requireVaultKey(), w.g, secrets.NO_SECRETS);
    const { id, sig } = w.alice.person;
    const promised = { n, h: head, by: { id, sig } };
    await db.groups.put({ ...row, core: null, sealed, promised, missing: [] });
    for (const table of [db.groupLinks, db.groupMembers, db.recordHeads, db.sharedRecords])
      await table.where("g").equals(w.g).delete();
  });
}

/** One more link of Alice's. */
async function byTag(w: World) {
  const id = await w.alice.device.add({ issuer: "More" });
  await put(w.alice.device, [id], w.g);
  await inStep(w.alice.device);
}

async function wordsOf(w: World, { device }: World["bob"]) {
  return (await device.run(({ view }) => view.readGroups())).find(({ g }) => g === w.g)?.safety;
}
