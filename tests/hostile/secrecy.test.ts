import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base32Decode, base32Encode, bytesToHex, utf8 } from "../../shared/bytes.ts";
import { value } from "../groups/device.ts";
import { CANARY, dumpOf, inStep, inviteTo, letIn, newWorld, put, type World } from "./world.ts";

let world: World;
/** Everything that went over the wire since the world began. */
let wire = "";

/** A day's work: invitations, changes, a removal with a new key, a group left and closed. */
beforeAll(async () => {
  world = await newWorld();
  const { alice, bob, eve, evil, g, entries } = world;
  await alice.device.run(({ entries: room }) => room.changeEntry(entries[0] ?? "", { tags: [CANARY.note] }));
  await inStep(alice.device, bob.device, eve.device);
  value(await alice.device.run(({ members }) => members.removeMember(g, eve.person.id)));
  await eve.device.sync();
  await letIn(world, eve, "editor");
  await inviteTo(world, eve, "viewer", world.other);
  value(await eve.device.run(({ members }) => members.leaveGroup(g)));
  await inStep(alice.device);
  value(await alice.device.run(({ rotate }) => rotate.rotateIfDue(g)));
  await put(alice.device, [entries[1] ?? ""], world.other);
  await inStep(alice.device, bob.device);
  wire = evil.exchanges
    .map(({ url, body, answer }) => `${decodeURIComponent(url)}\n${body}\n${answer}`)
    .join("\n");
}, 180_000);
afterAll(() => world.close());

/** A secret in every spelling in which it could stand somewhere. */
function spellings(text: string): Map<string, string> {
  const utf16 = Buffer.from(text, "utf16le");
  const bytes = utf8(text);
  const json = JSON.stringify(text).slice(1, -1);
  const all = new Map([
    ["text", text],
    ["JSON", json],
    ["an address", encodeURIComponent(text)],
    ["hexadecimal", bytesToHex(bytes)],
    ["UTF-16", utf16.toString("latin1")],
    ["UTF-16, the other way", Buffer.from(utf16).swap16().toString("latin1")],
  ]);
  // What base64 makes of bytes depends on where they begin: the middle of each of the three ways.
  for (const shift of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const inner = shifted.toString("base64").slice(shift === 0 ? 0 : 4, -4);
    all
      .set(`base64 at ${shift}`, inner)
      .set(`base64url at ${shift}`, inner.replace(/\+/g, "-").replace(/\//g, "_"));
  }
  for (const shift of [0, 1, 2, 3, 4]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    all.set(`base32 at ${shift}`, base32Encode(shifted).slice(shift === 0 ? 0 : 8, -8));
  }
  return all;
}

/** Where any canary stands in something, by name. */
function found(haystack: string): string[] {
  const lower = haystack.toLowerCase();
  return Object.entries(SECRETS).flatMap(([name, secret]) =>
    [...spellings(secret)].flatMap(([how, text]) =>
      text.length > 6 && lower.includes(text.toLowerCase()) ? [`${name} as ${how}`] : [],
    ),
  );
}

const bytesOfSecret = base32Decode(CANARY.secret);
const SECRETS: Readonly<Record<string, string>> = {
  ...CANARY,
  // As an authenticator has it: the bytes behind the base32.
  secretBytes: bytesOfSecret.ok ? Buffer.from(bytesOfSecret.value).toString("latin1") : "",
};

test("the search finds what stands there, in any spelling", () => {
  for (const text of Object.values(CANARY))
    for (const [, spelt] of spellings(text)) expect(found(`… ${spelt} …`)).not.toEqual([]);
  const inside = Buffer.from(JSON.stringify({ kind: "entry", note: CANARY.note })).toString("base64url");
  expect(found(inside)).not.toEqual([]);
});

test("no canary is in the server's database, in its write-ahead log, or in what it has logged", async () => {
  const files = await readdir(world.folder);
  expect(files.some((name) => name.endsWith("-wal"))).toBe(true);
  for (const name of files) {
    const bytes = await readFile(join(world.folder, name));
    expect(bytes.length + name.length).toBeGreaterThan(0);
    expect([name, found(bytes.toString("latin1"))]).toEqual([name, []]);
  }
  expect(found(world.served.logged.join("\n"))).toEqual([]);
});

test("no canary went over the wire", () => {
  expect(wire.length).toBeGreaterThan(10_000);
  expect(found(wire)).toEqual([]);
});

test("nor does a device store one, but encrypted", async () => {
  for (const who of [world.alice, world.bob, world.eve]) {
    const dump = await dumpOf(who);
    const texts: string[] = [];
    collect(dump, texts);
    expect(texts.length).toBeGreaterThan(100);
    expect(found(texts.join("\n"))).toEqual([]);
    // What opens it is not stored beside it: the group's key, and the secret of a code.
    const keys = await who.device.run(async ({ db, secrets, keys }) => {
      const vault = await keys.requireVaultKey();
      return Promise.all((await db.groups.toArray()).map((row) => secrets.openGroupSecrets(vault, row)));
    });
    for (const { key } of keys) {
      if (key === null) continue;
      const hex = bytesToHex(key.bytes);
      const stored = texts.map((text) => Buffer.from(text, "latin1").toString("hex")).join("|");
      expect(stored.includes(hex)).toBe(false);
      expect(wire.includes(Buffer.from(key.bytes).toString("base64url"))).toBe(false);
    }
  }
});

/** Every text and every run of bytes in a value. */
function collect(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (value instanceof Uint8Array) into.push(Buffer.from(value).toString("latin1"));
  else if (typeof value === "object" && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      into.push(name);
      collect(inner, into);
    }
}

test("A21 what a record is long says nothing of what is in it, but in steps of 256 bytes", async () => {
  const lengths = await world.db.selectFrom("blob").select("ciphertext").execute();
  expect(lengths.length).toBeGreaterThan(5);
  // A nonce of 12 bytes and a tag of 16 beside it.
  for (const { ciphertext } of lengths) expect((ciphertext.length - 28) % 256).toBe(0);
  const [a, b] = [await lengthOf("A", ""), await lengthOf("A bank with a name", "and a note")];
  expect(a).toBe(b);
});

/** The length of the ciphertext of a new entry. */
async function lengthOf(issuer: string, note: string): Promise<number> {
  const id = await world.alice.device.add({ issuer, note });
  await put(world.alice.device, [id], world.g);
  await inStep(world.alice.device);
  const record = await world.alice.device.run(({ db }) => db.sharedRecords.get([world.g, id]));
  return record?.ciphertext.length ?? 0;
}
