import { afterAll, beforeAll } from "vitest";
import { liesAtFirstSight } from "./first-sight-lies.ts";
import { liesAboutMembers } from "./member-lies.ts";
import { liesAboutNewKeys } from "./new-keys-lies.ts";
import { liesAboutThePast } from "./past-lies.ts";
import { liesInSpelling } from "./spelling-lies.ts";
import { newWorld, type World } from "./world.ts";

let world: World;
const here = () => world;
beforeAll(async () => {
  world = await newWorld();
}, 180_000);
afterAll(() => world.close());

liesAboutMembers(here);
liesAboutNewKeys(here);
liesAboutThePast(here);
liesInSpelling(here);
liesAtFirstSight(here);
