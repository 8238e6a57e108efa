import { expect } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { refold } from "../../server/groups/refold.ts";
import { base32Encode } from "../../shared/bytes.ts";
import { recordsKeyOf } from "../../shared/group/group-key.ts";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { Served } from "../server/served.ts";

import { type Device, type Modules, newDevice, newUser, type User, value } from "./device.ts";
import { giveNewKeys } from "./give-new-keys.ts";
import { type Line, onLine } from "./network.ts";

/** One history: random acts of some people on their devices, over lines that break. */
export type History = { readonly seed: number; readonly steps: number };

const ROLES: readonly Role[] = ["viewer", "editor", "admin"];

/**
 * Plays a history and checks what must be true at its end: all devices of those who are in the group show the same; no
 * secret is lost that was typed and that nobody knowingly replaced or deleted for ever; nobody who is out has got anything
 * that came later; and the server's rows are what its links say.
 */
export async function playHistory(
  served: Served,
  db: Database,
  { seed, steps }: History,
): Promise<{ readonly acts: number; readonly links: number }> {
  const rng = randomOf(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(rng() * from.length)] as T;
  const names = ["alice", "bob", "eve"].map((name) => `${name}-${seed}@example.com`);
  const users = await Promise.all(names.map((email) => newUser(served, email)));
  const [owner, ...others] = users as [User, ...User[]];
  const devices: Device[] = [];
  for (const user of users) devices.push(await newDevice(served, user));
  const [first] = devices as [Device, ...Device[]];
  const g = value(await first.run(({ create }) => create.createGroup(served.secret.serverId, "Cloud")));

  /** Secrets that must be somewhere at the end. */
  const wanted = new Set<string>();
  let acts = 0;
  /** Each act a moment after the one before, and none so long ago that the trash would have had its time. */
  const begun = Date.now();
  const now = () => begun + acts;

  const letIn = async (user: User) => {
    const device = devices[users.indexOf(user)] as Device;
    const role = pick(ROLES);
    const made = await first.run(({ invite }) => invite.invite(g, { email: user.email, role }));
    if (!made.ok) return;
    const { secret } = value(await parseInvitationCode(made.value.code));
    const accepted = await device.run(({ accept }) => accept.acceptOffer(served.secret.serverId, secret));
    if (!accepted.ok) return;
    const left = await first.run(({ invite }) => invite.readAccepted(g));
    const [waiting] = left.ok ? left.value : [];
    if (waiting) await first.run(({ invite }) => invite.confirmAccepted(g, waiting));
  };

  for (const user of others) await letIn(user);

  const entriesOf = (device: Device) =>
    device.run(async ({ entries }) => {
      const rows = await entries.readIndex();
      const opened = await entries.readEntries(rows.map(({ id }) => id));
      return rows.flatMap((row) => {
        const entry = opened.get(row.id);
        return entry?.ok ? [{ id: row.id, group: row.group ?? null, entry: entry.value }] : [];
      });
    });

  const act = async (device: Device): Promise<void> => {
    const known = await entriesOf(device);
    const some = known.length > 0 ? pick(known) : null;
    const dice = rng();
    if (dice < 0.2 || some === null) {
      const secret = base32Encode(Uint8Array.from({ length: 20 }, () => Math.floor(rng() * 256)));
      const id = await device.add({ issuer: `E${acts}`, secret });
      wanted.add(secret);
      if (rng() < 0.8) await device.run(({ place }) => place.placeEntries([id], g, "move", now()));
    } else if (some.entry.deletedAt !== null && dice < 0.67) {
      // What is in the trash can be given back or deleted for ever, and nothing else.
      if (dice < 0.5) await device.run(({ trash }) => trash.restoreFromTrash([some.id]));
      else {
        wanted.delete(some.entry.secret);
        await device.run(({ trash }) => trash.deleteForever([some.id]));
      }
    } else if (dice < 0.45) {
      const note = `${some.entry.note}${acts}`.slice(-20);
      await device.run(({ entries }) => entries.changeEntry(some.id, { note }, now()));
    } else if (dice < 0.57) {
      const secret = base32Encode(Uint8Array.from({ length: 20 }, () => Math.floor(rng() * 256)));
      wanted.delete(some.entry.secret);
      wanted.add(secret);
      await device.run(({ entries }) => entries.changeEntry(some.id, { secret }, now()));
    } else if (dice < 0.67) await device.run(({ trash }) => trash.moveToTrash([some.id], now()));
    else if (dice < 0.72) {
      const to = rng() < 0.5 ? null : g;
      await device.run(({ place }) => place.placeEntries([some.id], to, pick(["move", "copy"]), now()));
    } else if (dice < 0.94) await device.sync();
    else if (dice < 0.95) await giveNewKeys(db, device);
    else if (dice < 0.965) await device.run(({ rotate }) => rotate.rotateKey(g));
    else if (dice < 0.98)
      await device.run(({ members }) => members.changeRole(g, pick(others).userId, pick(ROLES)));
    else {
      const user = pick(others);
      await first.run(({ members }) => members.removeMember(g, user.userId));
      if (rng() < 0.6) await letIn(user);
    }
  };

  for (acts = 1; acts <= steps; acts++) {
    const device = pick(devices);
    const line = (): Line => {
      const dice = rng();
      return dice < 0.04 ? "down" : dice < 0.09 ? "lost-answer" : "up";
    };
    await onLine.run(line, () => act(device));
  }

  // Everybody comes to rest: what one sends, the others still have to hear of.
  await first.run(({ rotate }) => rotate.rotateIfDue(g));
  for (let round = 0; round < 4; round++) for (const device of devices) await device.sync();

  const members =
    value(await first.run(({ sync }) => sync.syncServer(served.secret.serverId))) && (await viewOf(first));
  const inside = devices.filter((_, at) => members?.people.some(({ id }) => id === users[at]?.userId));
  const shown = await Promise.all(
    inside.map(async (device) =>
      (await entriesOf(device))
        .filter(({ group }) => group === g)
        .map(({ id, entry }) => JSON.stringify([id, sortedFields(entry)]))
        .sort(),
    ),
  );
  for (const each of shown) expect(each).toEqual(shown[0]);
  for (const device of inside) expect(await viewOf(device)).toMatchObject({ state: "in", trouble: null });

  for (const device of devices.filter((each) => !inside.includes(each)))
    expect(await device.run((modules) => opensNow(modules, db, g))).toEqual([]);

  const kept = new Set((await Promise.all(devices.map(entriesOf))).flat().map(({ entry }) => entry.secret));
  expect([...wanted].filter((secret) => !kept.has(secret))).toEqual([]);
  expect(await refold(db, g)).toBe("sound");
  const links = await db.selectFrom("group_link").select("n").where("g", "=", g).execute();
  expect(owner.userId).toBe(first.userId);
  return { acts: steps, links: links.length };

  async function viewOf(device: Device) {
    return (await device.run(({ view }) => view.readGroups())).find((group) => group.g === g);
  }
}

/** Which of the group's present records a device can open with the key that it has. */
async function opensNow(
  { db: own, keys, secrets, records }: Modules,
  db: Database,
  g: string,
): Promise<string[]> {
  const row = await own.groups.get(g);
  const { key } = row ? await secrets.openGroupSecrets(await keys.requireVaultKey(), row) : { key: null };
  if (key === null) return [];
  const recordsKey = await recordsKeyOf(key);
  const heads = await db.selectFrom("record_head").selectAll().where("g", "=", g).execute();
  const opened: string[] = [];
  for (const { id, ver, epoch, by_user: by, h } of heads) {
    const blob =
      h && (await db.selectFrom("blob").select("ciphertext").where("h", "=", h).executeTakeFirst());
    if (!blob) continue;
    const ciphertext = new Uint8Array(blob.ciphertext);
    const content = await records.contentOf(recordsKey, { id, g, ver, epoch, by, ciphertext });
    if (content !== null) opened.push(id);
  }
  return opened;
}

function sortedFields(entry: object): unknown {
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
