import { afterEach, beforeEach, expect, test } from "vitest";
import { CARRIED, flipBits } from "./flip-bits.ts";
import { newWorld, type World } from "./world.ts";

let world: World;
// One for each: a session that is older than ten minutes may invite nobody.
beforeEach(async () => {
  world = await newWorld();
}, 180_000);
afterEach(() => world.close());

for (const name of Object.keys(CARRIED))
  test(`any bit of ${name} makes it refused`, async () => {
    const flipped = await flipBits(world, name, Number.POSITIVE_INFINITY);
    expect(flipped).toBeGreaterThan(200);
    console.log(`${name}: each of ${flipped} bits was changed, and refused`);
  });
