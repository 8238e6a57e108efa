import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base32Encode } from "../../../shared/bytes.ts";
import type { Entry } from "../../../shared/otp/entry.ts";
import { mergeSides } from "../../../shared/sync/merge.ts";
import { isSameContent } from "../../../shared/sync/same-content.ts";
import { edited, edits, entryWith } from "./edits.ts";

/**
 * The smallest model of devices that share entries: a server that holds one value of each and takes a new one only from
 * whoever has seen the last (as the log of a group does), and devices that edit, pull and push in any order.
 */
class World {
  readonly server = new Map<string, { entry: Entry; version: number }>();
  readonly devices: Map<string, Held>[];
  /** Secrets that somebody typed in, and those that somebody replaced who saw them. */
  readonly typed = new Set<string>();
  readonly replaced = new Set<string>();
  /** How far each secret of each entry was used, anywhere; a device that replaced one has forgotten its own uses of it. */
  readonly used = new Map<string, number>();
  copies = 0;
  #ids = 0;

  constructor(devices: number) {
    this.devices = Array.from({ length: devices }, () => new Map());
  }

  add(device: number): void {
    this.keep(device, entryWith({ secret: this.newSecret(), counter: 0 }));
  }

  edit(device: number, place: number, patch: Partial<Entry>, how: "use" | "replace" | "edit"): void {
    const held = [...this.at(device).entries()];
    const [id, { entry, ...rest }] = held[place % held.length] ?? [null, { entry: null }];
    if (id === null || entry === null) return;
    const next = { use: { counter: (entry.counter ?? 0) + 1 }, replace: {}, edit: patch }[how];
    if (how === "replace") {
      this.replaced.add(entry.secret);
      this.used.delete(`${id} ${entry.secret}`);
      Object.assign(next, { secret: this.newSecret(), counter: 0 });
    }
    const after = edited(entry, next);
    if (how === "use") {
      const key = `${id} ${after.secret}`;
      this.used.set(key, Math.max(this.used.get(key) ?? 0, after.counter ?? 0));
    }
    this.at(device).set(id, { base: null, seen: 0, ...rest, entry: after });
  }

  /** Takes what the server has, and what this device made meanwhile onto it. Says whether anything was new. */
  pull(device: number): boolean {
    let isNew = false;
    for (const [id, { entry: theirs, version }] of this.server) {
      const held = this.at(device).get(id);
      if (held?.seen === version) continue;
      isNew = true;
      const { merged, conflict } =
        held === undefined ? { merged: theirs, conflict: null } : mergeSides(held.base, held.entry, theirs);
      this.at(device).set(id, { entry: merged, base: theirs, seen: version });
      if (conflict === null) continue;
      this.copies += 1;
      this.keep(device, conflict);
    }
    return isNew;
  }

  /** Sends what this device made, as far as it has seen the last of it. Says whether there was anything to send. */
  push(device: number): boolean {
    let isNew = false;
    for (const [id, { entry, base, seen }] of this.at(device)) {
      if (base !== null && isSameContent(entry, base)) continue;
      isNew = true;
      if ((this.server.get(id)?.version ?? 0) !== seen) continue;
      this.server.set(id, { entry, version: seen + 1 });
      this.at(device).set(id, { entry, base: entry, seen: seen + 1 });
    }
    return isNew;
  }

  /** Everybody syncs, in this sequence, until nobody has anything new. */
  settle(sequence: readonly number[]): void {
    for (let round = 0; round < 20; round += 1) {
      const isNew = sequence.flatMap((device) => [this.pull(device), this.push(device)]);
      if (!isNew.includes(true)) return;
    }
    throw Error("the devices never come to rest");
  }

  at(device: number): Map<string, Held> {
    const held = this.devices[device % this.devices.length];
    if (held === undefined) throw Error("no such device");
    return held;
  }

  contentsOf(device: number): Record<string, Entry> {
    return Object.fromEntries([...this.at(device)].map(([id, { entry }]) => [id, entry]));
  }

  private keep(device: number, entry: Entry): void {
    this.#ids += 1;
    this.at(device).set(`${this.#ids}`, { entry, base: null, seen: 0 });
  }

  private newSecret(): string {
    const secret = base32Encode(Uint8Array.of(1, 2, 3, this.typed.size >> 8, this.typed.size & 255));
    this.typed.add(secret);
    return secret;
  }
}

/** An entry on a device, what the device last had from the server of it, and which version that was (0: none). */
interface Held {
  readonly entry: Entry;
  readonly base: Entry | null;
  readonly seen: number;
}

/** Edits that leave secret, type and counter alone: those are replaced and used by moves of their own. */
const patches = edits.map(({ secret: _s, type: _t, counter: _c, ...patch }) => patch as Partial<Entry>);

const moves = fc.array(
  fc.record({
    device: fc.nat({ max: 3 }),
    place: fc.nat({ max: 5 }),
    patch: patches,
    what: fc.constantFrom("add", "use", "use", "replace", "edit", "edit", "pull", "push", "sync"),
  }),
  { maxLength: 40, size: "max" },
);

describe("devices that edit the same entries without knowing of each other", () => {
  test("all have the same in the end, in whatever sequence they sync, and every secret nobody replaced is there", () => {
    let copies = 0;
    const property = fc.property(
      fc.integer({ min: 2, max: 4 }),
      moves,
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      (devices, made, sequence) => {
        const world = new World(devices);
        world.add(0);
        world.settle([0, 1, 2, 3]);
        for (const { device, place, patch, what } of made) {
          if (what === "add") world.add(device);
          else if (what === "pull") world.pull(device);
          else if (what === "push") world.push(device);
          else if (what === "sync") {
            world.pull(device);
            world.push(device);
          } else world.edit(device, place, patch, what);
        }
        world.settle(sequence);

        const contents = world.contentsOf(0);
        for (let device = 1; device < devices; device += 1)
          expect(world.contentsOf(device)).toEqual(contents);
        const secrets = new Set(Object.values(contents).map(({ secret }) => secret));
        for (const secret of world.typed) if (!world.replaced.has(secret)) expect(secrets).toContain(secret);
        for (const [id, { secret, counter }] of Object.entries(contents))
          expect(counter).toBeGreaterThanOrEqual(world.used.get(`${id} ${secret}`) ?? 0);
        copies += world.copies;
      },
    );
    fc.assert(property, { numRuns: 500 });
    expect(copies, "edits that met").toBeGreaterThan(100);
  });
});
