import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { GroupRow } from "../../extension/vault/db.ts";
import { type Database, openDatabase } from "../../server/db/open.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importPrivateKey } from "../../shared/crypto/private-key.ts";
import { importSigningKey } from "../../shared/crypto/signature.ts";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import type { Role } from "../../shared/group/permissions.ts";
import { type Device, newDevice, newUser, type User, value } from "../groups/device.ts";
import { type Api, type Served, serve } from "../server/served.ts";
import type { Person } from "../shared/group/people.ts";
import { beginEvil, type Evil } from "./evil.ts";

/** Texts that nobody but members may ever see. They are looked for wherever a server, or a thief of a disk, can look. */
export const CANARY = {
  group: "Canary Cloud Team",
  issuer: "Canary Bank of Isles",
  account: "canary.person@isles.example",
  note: "canary note: the safe is behind the clock",
  site: "canary-isles.example",
  secret: "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA",
} as const;

/** Somebody, with everything that they have: what they sign with is at hand too, because they may mean ill themselves. */
export type Somebody = {
  readonly user: User;
  readonly person: Person;
  readonly device: Device;
  readonly api: Api;
};

/**
 * Alice owns the group, Bob may edit it and has a change that is not sent yet, Eve may use its codes; there is another
 * group of Alice's and Bob's. All devices speak to the evil server.
 */
export type World = {
  readonly db: Database;
  readonly folder: string;
  readonly served: Served;
  readonly evil: Evil;
  readonly serverId: string;
  readonly alice: Somebody;
  readonly bob: Somebody;
  readonly eve: Somebody;
  readonly g: string;
  readonly other: string;
  /** Of the entries in the group: the first is the one that Bob has changed. */
  readonly entries: readonly string[];
  /** Everything as it was in the beginning, on the server and on the devices; and nobody lies. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

export async function newWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-hostile-"));
  const db = await openDatabase(join(folder, "hostile.sqlite"));
  const served = await serve(db);
  const evil = await beginEvil(served.origin, db);
  const seen = { ...served, origin: evil.origin };
  const { serverId } = served.secret;
  const [alice, bob, eve] = [
    await somebody(seen, served, "alice@example.com"),
    await somebody(seen, served, "bob@example.com"),
    await somebody(seen, served, "eve@example.com"),
  ];
  const group = async (name: string) =>
    value(await alice.device.run(({ create }) => create.createGroup(serverId, name)));
  const g = await group(CANARY.group);
  const other = await group("Other");
  const world = { db, folder, served, evil, serverId, alice, bob, eve, g, other };
  await letIn(world, bob, "editor");
  await letIn(world, eve, "viewer");
  await letIn(world, bob, "viewer", other);
  const { account, issuer, note, secret, site } = CANARY;
  const entries = [
    await alice.device.add({ issuer, account, note, secret, sites: [site] }),
    await alice.device.add({ issuer: "GitHub" }),
  ];
  const third = await alice.device.add({ issuer: "Elsewhere" });
  await put(alice.device, entries, g);
  await put(alice.device, [third], other);
  await inStep(alice.device, bob.device, eve.device);
  await bob.device.run(({ entries: room }) => room.changeEntry(entries[0] ?? "", { tags: ["by bob"] }));

  const [rows, dumps] = [await readTables(db), await Promise.all([alice, bob, eve].map(dumpOf))];
  return {
    ...world,
    entries,
    async restore() {
      evil.reset();
      evil.exchanges.length = 0;
      await writeTables(db, rows);
      await Promise.all([alice, bob, eve].map(({ device }, at) => restoreDevice(device, dumps[at] ?? {})));
    },
    async close() {
      await evil.close();
      await served.close();
      await db.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

async function somebody(seen: Served, served: Served, email: string): Promise<Somebody> {
  const user = await newUser(served, email);
  const device = await newDevice(seen, user);
  const person = await personOf(user);
  return { user, person, device, api: served.api(await served.signIn(email)) };
}

async function personOf({ userId, seeds }: User): Promise<Person> {
  const signing = await importSigningKey(value(base64urlToBytes(seeds.signing)));
  const opening = await importPrivateKey("X25519", value(base64urlToBytes(seeds.opening)));
  const [sig, enc] = [bytesToBase64url(signing.publicKey), bytesToBase64url(opening.publicKey)];
  return { id: userId, signing, opening, sig, enc };
}

type Group = Pick<World, "alice" | "g" | "serverId">;

/** Alice invites somebody. @returns the secret of the code */
export async function inviteTo(world: Group, who: Somebody, role: Role, g: string = world.g) {
  const { email } = who.user;
  const { code } = value(await world.alice.device.run(({ invite }) => invite.invite(g, { email, role })));
  return value(await parseInvitationCode(code)).secret;
}

/** Alice invites, they accept, Alice confirms. */
export async function letIn(world: Group, who: Somebody, role: Role, g: string = world.g): Promise<void> {
  const secret = await inviteTo(world, who, role, g);
  value(await who.device.run(({ accept }) => accept.acceptOffer(world.serverId, secret)));
  const [accepted] = value(await world.alice.device.run(({ invite }) => invite.readAccepted(g)));
  if (!accepted) throw Error("nobody has accepted");
  value(await world.alice.device.run(({ invite }) => invite.confirmAccepted(g, accepted)));
  await inStep(who.device);
}

export async function inStep(...devices: Device[]): Promise<void> {
  for (const device of devices) {
    const { troubles } = value(await device.sync());
    if (troubles.size > 0) throw Error(`not in step: ${[...troubles.values()]}`);
  }
}

export async function put(device: Device, ids: readonly string[], g: string): Promise<void> {
  value(await device.run(({ place }) => place.placeEntries(ids, g, "move", Date.now())));
}

/** All that a device has stored, by table. */
export type Dump = Readonly<Record<string, readonly unknown[]>>;

export function dumpOf({ device }: Somebody): Promise<Dump> {
  return device.run(async ({ db }) => {
    const tables = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]));
    return Object.fromEntries(tables);
  });
}

/**
 * The same without what a lie about a group may change: that it is in trouble, and that all was well with other groups.
 */
export async function withoutTrouble(who: Somebody, g: string): Promise<Dump> {
  const dump = await dumpOf(who);
  const groups = (dump.groups ?? []).map((row) => {
    const group = { ...(row as GroupRow), trouble: null, restored: null };
    return group.g === g ? group : { ...group, sentRev: null, syncedAt: null };
  });
  return { ...dump, groups };
}

function restoreDevice(device: Device, dump: Dump): Promise<void> {
  return device.run(({ db }) =>
    db.transaction("rw", db.tables, async () => {
      for (const table of db.tables) {
        await table.clear();
        await table.bulkAdd([...(dump[table.name] ?? [])]);
      }
    }),
  );
}

type Row = Readonly<Record<string, unknown>>;

async function readTables(db: Database): Promise<Map<string, Row[]>> {
  const names = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  const tables = new Map<string, Row[]>();
  for (const { name } of names.rows) {
    if (name.startsWith("sqlite_") || name.startsWith("kysely_")) continue;
    tables.set(name, (await sql<Row>`select * from ${sql.table(name)}`.execute(db)).rows);
  }
  return tables;
}

async function writeTables(db: Database, tables: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`pragma defer_foreign_keys = on`.execute(trx);
    for (const name of tables.keys()) await sql`delete from ${sql.table(name)}`.execute(trx);
    for (const [name, rows] of tables)
      for (const row of rows) {
        const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
        await sql`insert into ${sql.table(name)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
          trx,
        );
      }
  });
}
