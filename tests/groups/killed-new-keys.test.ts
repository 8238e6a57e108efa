import { expect, test } from "vitest";
import { eachWithServer } from "./each-with-server.ts";
import { dieTakingNewKeys } from "./killed-new-keys.ts";

const server = eachWithServer();

test("whoever dies while taking new keys goes on later, and has them everywhere (some of the places)", async () => {
  const { served, db } = server();
  expect(await dieTakingNewKeys(served, db, 3)).toBeGreaterThan(6);
}, 120_000);
