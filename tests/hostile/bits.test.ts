import { afterAll, beforeAll, expect, test } from "vitest";
import { CARRIED, flipBits } from "./flip-bits.ts";
import { newWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await newWorld();
}, 180_000);
afterAll(() => world.close());

/** A few, anywhere; bits.long.ts takes them all. */
const BITS = 8;

for (const name of Object.keys(CARRIED))
  test(`one bit of ${name} makes it refused`, async () => {
    expect(await flipBits(world, name, BITS)).toBe(BITS);
  });
