import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { sign } from "../../shared/crypto/signature.ts";
import { acceptanceContext, groupIdOf } from "../../shared/group/proofs.ts";
import { hashRecord } from "../../shared/group/record.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../shared/group/rotation.ts";
import { value } from "../groups/device.ts";
import { anyHash, newPerson, type Person, random } from "../shared/group/people.ts";
import {
  append,
  commonOf,
  coreOf,
  forgeRecord,
  hashOf,
  linkBy,
  linksOf,
  recordHead,
  showLog,
  showNext,
  signText,
} from "./forge.ts";
import { refuses, syncOf } from "./lie.ts";
import { inStep, inviteTo, newWorld, put, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 60_000);
afterAll(() => world.close());

/** Alice gives Eve another role, as she may. */
const byAlice = async (w: World) =>
  append(w.alice, await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "editor" }));

/** An `add` of somebody who has agreed to it. */
async function addOf(w: World, by: Person, who: Person, enc = who.enc, agreed = enc) {
  const invitation = bytesToBase64url(random(16));
  const context = acceptanceContext(w.g, { invitation, id: who.id, enc: agreed });
  const pop = bytesToBase64url(await sign(who.signing, context));
  const member = { id: who.id, sig: who.sig, enc, role: "viewer" as const };
  return linkBy(w, by, "add", { member, invitation, pop });
}

const sealFor = (who: Person) => [{ user: who.id, sealed: bytesToBase64url(random(80)) }];

/** A new member, truly added by Alice. */
const ghostAdded = async (w: World) => {
  const ghost = await newPerson();
  await append(w.alice, await addOf(w, w.alice.person, ghost), sealFor(ghost));
};

describe("who is in a group is for its people to say", () => {
  refuses("A1 a key that was exchanged on its way into the log is refused", here, {
    truth: ghostAdded,
    lie: async (w) => {
      const link = await addOf(w, w.alice.person, await newPerson());
      const mine = (await newPerson()).enc;
      const text = Buffer.from(link.body, "base64url").toString();
      const body = Buffer.from(text.replace(/"enc":"[^"]+"/, `"enc":"${mine}"`)).toString("base64url");
      await showNext(w, { ...link, body });
    },
    refusal: "log",
  });

  refuses("A2 a member whom nobody has added is refused", here, {
    truth: ghostAdded,
    lie: async (w) => {
      const ghost = await newPerson();
      // In Alice's name, with a key of the server's own.
      await showNext(w, await addOf(w, { ...ghost, id: w.alice.person.id }, ghost));
    },
    refusal: "log",
  });

  refuses("A2 a member who has not agreed is refused, even if an owner adds them", here, {
    truth: ghostAdded,
    lie: async (w) => {
      const ghost = await newPerson();
      const other = (await newPerson()).enc;
      await showNext(w, await addOf(w, w.alice.person, ghost, ghost.enc, other));
    },
    refusal: "log",
  });

  refuses("A3 a viewer who makes herself an editor is refused", here, {
    truth: byAlice,
    lie: async (w) =>
      showNext(w, await linkBy(w, w.eve.person, "role", { target: w.eve.person.id, role: "editor" })),
    refusal: "log",
  });

  refuses("A3 an admin who makes himself an owner is refused", here, {
    before: async (w) => {
      const { person } = w.eve;
      await append(w.alice, await linkBy(w, w.alice.person, "role", { target: person.id, role: "admin" }));
    },
    truth: async (w) =>
      append(w.eve, await linkBy(w, w.eve.person, "role", { target: w.bob.person.id, role: "viewer" })),
    lie: async (w) =>
      showNext(w, await linkBy(w, w.eve.person, "role", { target: w.eve.person.id, role: "owner" })),
    refusal: "log",
  });

  refuses("A4 what a viewer writes is refused, although she has the key to write it", here, {
    truth: async (w) => {
      await byAlice(w);
      await writeBy(w, w.eve, (link) => append(w.eve, link));
    },
    lie: (w) => writeBy(w, w.eve, (link, ciphertext) => showNext(w, link, { ciphertexts: [ciphertext] })),
    refusal: "log",
  });

  refuses("A28 a group that nobody would own is refused", here, {
    truth: byAlice,
    lie: async (w) => showNext(w, await linkBy(w, w.alice.person, "leave", {})),
    refusal: "log",
  });

  refuses("A28 an only owner who steps down is refused", here, {
    truth: byAlice,
    lie: async (w) =>
      showNext(w, await linkBy(w, w.alice.person, "role", { target: w.alice.person.id, role: "admin" })),
    refusal: "log",
  });

  refuses("A29 what somebody writes who was taken out is refused", here, {
    before: async (w) => {
      await byAlice(w);
      value(await w.alice.device.run(({ members }) => members.removeMember(w.g, w.eve.person.id)));
      await inStep(w.bob.device);
      await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
    },
    lie: async (w) => {
      const id = w.entries[1] ?? "";
      const before = await recordHead(w, id);
      const heads = [{ id, ver: before.ver + 1, h: anyHash() }];
      await showNext(w, await linkBy(w, w.eve.person, "records", { epoch: 2, heads }));
    },
    refusal: "log",
  });
});

/** Somebody changes the second entry, with the group's key. */
async function writeBy(
  w: World,
  who: World["eve"],
  bring: (
    link: Awaited<ReturnType<typeof linkBy>>,
    ciphertext: Awaited<ReturnType<typeof forgeRecord>>,
  ) => unknown,
) {
  const id = w.entries[1] ?? "";
  const { ver, epoch } = await recordHead(w, id);
  const { entry } = await entryOf(w, id);
  const place = { id, ver: ver + 1, epoch, by: who.person.id };
  const ciphertext = await forgeRecord(w, place, { kind: "entry", entry: { ...entry, account: "hers" } });
  const heads = [{ id, ver: ver + 1, h: await hashRecord(ciphertext) }];
  const link = await linkBy(w, who.person, "records", { epoch, heads });
  if ((await roleOf(w, who.person.id)) === "editor")
    await who.api.group.stageRecords.mutate({ g: w.g, ciphertexts: [bytesToBase64url(ciphertext)] });
  await bring(link, ciphertext);
}

async function entryOf(w: World, id: string) {
  return { entry: value(await w.bob.device.run(({ entries }) => entries.readEntry(id))) };
}

async function roleOf(w: World, id: string) {
  const row = await w.db
    .selectFrom("group_member")
    .select("role")
    .where("g", "=", w.g)
    .where("user_id", "=", id)
    .executeTakeFirstOrThrow();
  return row.role;
}

describe("a log has one spelling, one order and one past", () => {
  for (const v of [0, 2]) {
    refuses(`A11 a link of version ${v} is refused`, here, {
      truth: byAlice,
      lie: async (w) => {
        const core = await coreOf(w);
        const common = { ...commonOf(core, w.alice.person), v };
        await showNext(w, await signText(w.alice.person, JSON.stringify({ t: "close", ...common })));
      },
      refusal: "newer-version",
    });
  }

  refuses("A11 a link without a version is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const { v: _, ...common } = commonOf(await coreOf(w), w.alice.person);
      await showNext(w, await signText(w.alice.person, JSON.stringify({ t: "close", ...common })));
    },
    refusal: "log",
  });

  refuses("A16 a log that ends before what was seen is refused", here, {
    truth: byAlice,
    lie: async (w) => showLog(w, (await linksOf(w)).slice(0, -1)),
    refusal: "rollback",
  });

  refuses("A16 a server that forgets what it has taken is refused", here, {
    before: async (w) => {
      const links = await linksOf(w);
      await inStep(w.bob.device);
      await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
      return links;
    },
    lie: async (w) => showLog(w, (await linksOf(w)).slice(0, -1)),
    refusal: "rollback",
  });

  refuses("A17 another link in the place of the last one that was seen is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const links = await linksOf(w);
      const twin = await twinOfLast(w);
      await showLog(w, [...links.slice(0, -1), twin]);
    },
    refusal: "fork",
  });

  refuses("A17 a log that goes on from another past is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const links = await linksOf(w);
      const twin = await twinOfLast(w);
      const core = await coreOf(w);
      const next = { ...commonOf(core, w.alice.person), p: await hashOf(twin) };
      const closed = await signText(w.alice.person, JSON.stringify({ t: "close", ...next }));
      await showLog(w, [...links.slice(0, -1), twin, closed]);
    },
    refusal: "fork",
  });

  refuses("A17 a head that the log does not come to is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const link = await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "editor" });
      const { n } = await coreOf(w);
      await showNext(w, link, { head: { n: n + 1, head: anyHash() } });
    },
    refusal: "fork",
  });

  refuses("A17 a request that was kept back and sent later makes no second past", here, {
    before: async (w) => {
      // The server says that it broke, and keeps what Bob sent.
      w.evil.refuse("group.append", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
      expect(await syncOf(w, w.bob)).toBe("failed");
      const kept = w.evil.exchanges.find(({ path }) => path === "group.append");
      w.evil.reset();
      await inStep(w.bob.device);
      await w.bob.device.run(({ entries }) => entries.changeEntry(w.entries[0] ?? "", { note: "again" }));
      if (!kept) throw Error("nothing was kept back");
      // The real server refuses it, too: another link stands there.
      expect(await w.evil.replay(kept)).toBe(409);
      held = (kept.input as { link: { body: string; sig: string } }).link;
    },
    lie: async (w) => held && showLog(w, [...(await linksOf(w)).slice(0, -1), held]),
    refusal: "fork",
  });

  refuses("A18 a link that is left out is missed", here, {
    truth: twoByAlice,
    lie: async (w) => {
      await twoByAlice(w);
      const links = await linksOf(w);
      await showLog(w, [...links.slice(0, -2), ...links.slice(-1)], { head: await headOf(w) });
    },
    refusal: "log",
  });

  refuses("A18 links in another order are refused", here, {
    truth: twoByAlice,
    lie: async (w) => {
      await twoByAlice(w);
      const links = await linksOf(w);
      await showLog(w, [...links.slice(0, -2), ...links.slice(-2).reverse()], { head: await headOf(w) });
    },
    refusal: "log",
  });

  refuses("A18 a link that comes a second time is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const links = await linksOf(w);
      await showLog(w, [...links, ...links.slice(-1)]);
    },
    refusal: "log",
  });

  refuses("A18 a number that is passed over is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const { n } = await coreOf(w);
      const saying = { target: w.eve.person.id, role: "editor" } as const;
      await showNext(w, await linkBy(w, w.alice.person, "role", saying, { n: n + 2 }), {
        head: {
          n: n + 2,
          head: await hashOf(await linkBy(w, w.alice.person, "role", saying, { n: n + 2 })),
        },
      });
    },
    refusal: "log",
  });

  refuses("A25 a member's key that anybody can sign for is refused", here, {
    truth: ghostAdded,
    lie: async (w) => {
      // The neutral point, and a signature that WebCrypto takes for its signature of anything.
      const neutral = [1, ...new Uint8Array(31)];
      const sig = bytesToBase64url(new Uint8Array(neutral));
      const pop = bytesToBase64url(new Uint8Array([...neutral, ...new Uint8Array(32)]));
      const { id, enc } = await newPerson();
      const member = { id, sig, enc, role: "viewer" } as const;
      const invitation = bytesToBase64url(random(16));
      await showNext(w, await linkBy(w, w.alice.person, "add", { member, invitation, pop }));
    },
    refusal: "log",
  });

  refuses(
    "A25 a member's key that nothing can be sealed to is refused: no key could ever be made anew",
    here,
    {
      truth: ghostAdded,
      lie: async (w) => {
        const ghost = await newPerson();
        await showNext(w, await addOf(w, w.alice.person, ghost, bytesToBase64url(new Uint8Array(32))));
      },
      refusal: "log",
    },
  );

  for (const [what, spell] of [
    ["two fields of one name", (json: string) => json.replace('{"t":', '{"t":"leave","t":')],
    ["a field too many", (json: string) => json.replace(/}$/, ',"admin":true}')],
    ["blanks", (json: string) => json.replace('{"t":', '{ "t":')],
    ["fields in another order", (json: string) => json.replace(/{"t":"close",(.*)}/, '{$1,"t":"close"}')],
    ["a number in other digits", (json: string) => json.replace('"at":1', '"at":1e0')],
  ] as const) {
    refuses(`A26 a link with ${what} is refused`, here, {
      truth: byAlice,
      lie: async (w) => {
        const json = JSON.stringify({ t: "close", ...commonOf(await coreOf(w), w.alice.person) });
        const spelt = spell(json);
        expect(spelt).not.toBe(json);
        await showNext(w, await signText(w.alice.person, spelt));
      },
      refusal: "log",
    });
  }

  refuses("A27 a signature that was made for something else is refused", here, {
    truth: byAlice,
    lie: async (w) => {
      const json = JSON.stringify({ t: "close", ...commonOf(await coreOf(w), w.alice.person) });
      await showNext(w, await signText(w.alice.person, json, "lease-sig"));
    },
    refusal: "log",
  });

  refuses("A30 a new key that leaves an account behind is refused", here, {
    truth: async (w) => value(await w.alice.device.run(({ rotate }) => rotate.rotateKey(w.g))),
    lie: async (w) => {
      const heads = await w.db
        .selectFrom("record_head")
        .select(["id", "ver"])
        .where("g", "=", w.g)
        .where("h", "is not", null)
        .execute();
      const [, ...most] = heads.map(({ id, ver }): RotatedRecord => [id, ver + 1, anyHash()]);
      const list = formatRotation(most);
      const records = await hashRotation(w.g, 2, list);
      const link = await linkBy(w, w.alice.person, "rotate", { epoch: 2, commit: anyHash(), records });
      await showNext(w, link, { list });
    },
    refusal: "log",
  });
});

async function headOf(w: World) {
  const { n, head } = await coreOf(w);
  return { n, head };
}

let held: { body: string; sig: string } | null = null;

async function twoByAlice(w: World) {
  await byAlice(w);
  await append(w.alice, await linkBy(w, w.alice.person, "role", { target: w.eve.person.id, role: "viewer" }));
}

/** Another link in the place of the last one, just as well signed. */
async function twinOfLast(w: World) {
  const { n } = await coreOf(w);
  const links = await linksOf(w);
  const before = links.at(-2);
  const p = before ? await hashOf(before) : "";
  const saying = { target: w.eve.person.id, role: "editor" } as const;
  return linkBy(w, w.alice.person, "role", saying, { n, p });
}

describe("a group is the one that it was", () => {
  test("A5 a group that nobody spoke of is not looked at", async () => {
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

/** Bob's device as it is before it has seen anything of the group but what his inviter said of it: the present head. */
async function startsAgain(w: World) {
  const { n, head } = await coreOf(w);
  await w.bob.device.run(async ({ db, secrets, keys }) => {
    const row = await db.groups.get(w.g);
    if (!row) throw Error("no such group");
    const sealed = await secrets.sealGroupSecrets(await keys.requireVaultKey(), w.g, secrets.NO_SECRETS);
    const { id, sig } = w.alice.person;
    const promised = { n, h: head, by: id, sig };
    await db.groups.put({ ...row, core: null, sealed, promised, missing: [] });
    for (const table of [db.groupLinks, db.groupMembers, db.recordHeads, db.sharedRecords])
      await table.where("g").equals(w.g).delete();
  });
}

describe("what can't be prevented can be seen", () => {
  test("A19 who is shown a group as it was yesterday sees other words than the others", async () => {
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
    await world.restore();
    value(await world.alice.device.run(({ members }) => members.removeMember(world.g, world.eve.person.id)));
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

/** One more link of Alice's. */
async function byTag(w: World) {
  const id = await w.alice.device.add({ issuer: "More" });
  await put(w.alice.device, [id], w.g);
  await inStep(w.alice.device);
}

async function wordsOf(w: World, { device }: World["bob"]) {
  return (await device.run(({ view }) => view.readGroups())).find(({ g }) => g === w.g)?.safety;
}
