import { expect } from "vitest";
import { value } from "../groups/device.ts";
import { linksOf, showLog } from "./forge.ts";
import { syncOf } from "./lie.ts";
import { inStep, inviteTo, type World, withoutTrouble } from "./world.ts";

/** Something that goes through the server's hands, of which one bit is changed on the way. */
type Carried = {
  /** What is done so that it is on its way. */
  before(world: World): Promise<unknown>;
  /** Base64url of it. */
  read(world: World): Promise<string>;
  /** Shows it changed. */
  show(world: World, changed: string): Promise<unknown> | unknown;
  /** What whoever gets it does. @returns "ok" where it was taken */
  take(world: World): Promise<string>;
  who(world: World): World["bob"];
};

const changed = async (w: World) => {
  await w.alice.device.run(({ entries }) => entries.changeEntry(w.entries[1] ?? "", { account: "new" }));
  await inStep(w.alice.device);
};
const rotated = async (w: World) => value(await w.alice.device.run(({ rotate }) => rotate.rotateKey(w.g)));
const bySync = { take: (w: World) => syncOf(w, w.bob), who: (w: World) => w.bob };

const lastLink = async (w: World) => (await linksOf(w)).at(-1) ?? { body: "", sig: "" };
const showLast = async (w: World, patch: { body?: string; sig?: string }) => {
  const links = await linksOf(w);
  await showLog(w, [...links.slice(0, -1), { ...(await lastLink(w)), ...patch }]);
};

let code: Awaited<ReturnType<typeof inviteTo>>;
const invited = async (w: World) => {
  value(await w.alice.device.run(({ members }) => members.removeMember(w.g, w.eve.person.id)));
  await w.eve.device.sync();
  code = await inviteTo(w, w.eve, "viewer");
};
const accepted = async (w: World) => {
  await invited(w);
  value(await w.eve.device.run(({ accept }) => accept.acceptOffer(w.serverId, code)));
};
const byOffer = {
  before: invited,
  who: (w: World) => w.eve,
  take: async (w: World) => {
    const read = await w.eve.device.run(({ accept }) => accept.readOffer(w.serverId, code));
    return read.ok ? "ok" : read.error;
  },
};
const byLook = {
  before: accepted,
  who: (w: World) => w.alice,
  take: async (w: World) => {
    const found = value(await w.alice.device.run(({ invite }) => invite.readAccepted(w.g)));
    return found[0] === undefined ? "nobody" : (found[0].refusal ?? "ok");
  },
};

async function inDatabase(w: World, table: "offer" | "acceptance" | "list" | "seal"): Promise<Buffer> {
  if (table === "list") {
    const row = await w.db.selectFrom("rotation_list").select("list").executeTakeFirstOrThrow();
    return Buffer.from(row.list);
  }
  const row = await w.db
    .selectFrom("seal")
    .select("sealed")
    .where("g", "=", w.g)
    .where("epoch", "=", 2)
    .where("user_id", "=", w.bob.person.id)
    .executeTakeFirstOrThrow();
  return Buffer.from(row.sealed);
}

const readOfOffer = (w: World) => w.eve.api.invitation.read;
const idOf = async (w: World) => {
  const rows = await w.db.selectFrom("invitation").select("id").where("g", "=", w.g).execute();
  return rows[0]?.id ?? "";
};
const pendingOf = async (w: World) => (await w.alice.api.invitation.pending.query({ g: w.g }))[0];

export const CARRIED: Readonly<Record<string, Carried>> = {
  "a link's body": {
    ...bySync,
    before: changed,
    read: async (w) => (await lastLink(w)).body,
    show: (w, body) => showLast(w, { body }),
  },
  "a link's signature": {
    ...bySync,
    before: changed,
    read: async (w) => (await lastLink(w)).sig,
    show: (w, sig) => showLast(w, { sig }),
  },
  "a rotation's list": {
    ...bySync,
    before: rotated,
    read: async (w) => (await inDatabase(w, "list")).toString("base64url"),
    show: (w, list) => w.evil.on("group.rotation", () => list),
  },
  "a seal": {
    ...bySync,
    before: rotated,
    read: async (w) => (await inDatabase(w, "seal")).toString("base64url"),
    show: (w, sealed) => w.evil.on("group.seal", () => sealed),
  },
  "a record": {
    ...bySync,
    before: changed,
    read: async (w) => {
      const row = await w.db
        .selectFrom("record_head")
        .innerJoin("blob", "blob.h", "record_head.h")
        .select("ciphertext")
        .where("record_head.id", "=", w.entries[1] ?? "")
        .executeTakeFirstOrThrow();
      return Buffer.from(row.ciphertext).toString("base64url");
    },
    show: (w, ciphertext) => w.evil.on("group.records", (all) => all.map(({ h }) => ({ h, ciphertext }))),
  },
  "an offer": {
    ...byOffer,
    read: async (w) => (await readOfOffer(w).query({ id: await idOf(w) })).ciphertext,
    show: (w, ciphertext) => w.evil.on("invitation.read", ({ sig }) => ({ ciphertext, sig })),
  },
  "an offer's signature": {
    ...byOffer,
    read: async (w) => (await readOfOffer(w).query({ id: await idOf(w) })).sig,
    show: (w, sig) => w.evil.on("invitation.read", ({ ciphertext }) => ({ ciphertext, sig })),
  },
  "an acceptance": {
    ...byLook,
    read: async (w) => (await pendingOf(w))?.body ?? "",
    show: (w, body) => w.evil.on("invitation.pending", (all) => all.map((each) => ({ ...each, body }))),
  },
  "an acceptance's proof of the code": {
    ...byLook,
    read: async (w) => (await pendingOf(w))?.mac ?? "",
    show: (w, mac) => w.evil.on("invitation.pending", (all) => all.map((each) => ({ ...each, mac }))),
  },
  "an acceptance's signature": {
    ...byLook,
    read: async (w) => (await pendingOf(w))?.pop ?? "",
    show: (w, pop) => w.evil.on("invitation.pending", (all) => all.map((each) => ({ ...each, pop }))),
  },
};

/** Refusals that would come whatever the bit was. */
const NOT_OF_THE_BIT = ["too-often", "failed", "timeout", "unreachable", "signed-out", "busy", "nobody"];

/**
 * Changes bits of it, one at a time, and expects each to be refused with nothing changed; unchanged it must be taken.
 *
 * @param most so many bits, anywhere; all of them where there are no more
 * @returns how many were changed
 */
export async function flipBits(world: World, name: string, most: number): Promise<number> {
  const carried = CARRIED[name];
  if (!carried) throw Error(`nothing is called ${name}`);
  await world.restore();
  await carried.before(world);
  const bytes = Buffer.from(await carried.read(world), "base64url");
  expect(bytes.length).toBeGreaterThan(30);
  const who = carried.who(world);
  const stored = await withoutTrouble(who, world.g);
  const bits = bytes.length * 8;
  const step = Math.max(1, bits / most);
  let flipped = 0;
  const taken: number[] = [];
  for (let at = 0; at < bits; at += step) {
    const bit = step === 1 ? at : Math.min(bits - 1, Math.floor(at + Math.random() * step));
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await carried.show(world, copy.toString("base64url"));
    const refusal = await carried.take(world);
    if (refusal === "ok") taken.push(bit);
    expect(NOT_OF_THE_BIT).not.toContain(refusal);
    // So many questions are more than the real server answers.
    if (++flipped % 20 === 0) await world.db.deleteFrom("rate_limit").execute();
  }
  expect(taken, `bits of ${name} that were taken`).toEqual([]);
  expect(await withoutTrouble(who, world.g)).toEqual(stored);
  world.evil.reset();
  expect(await carried.take(world), "unchanged").toBe("ok");
  return flipped;
}
