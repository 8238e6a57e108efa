import { expect, test } from "vitest";
import { eachWithServer } from "./each-with-server.ts";
import { dieTakingNewKeys } from "./killed-new-keys.ts";

const server = eachWithServer();

test("whoever dies at any request while taking new keys goes on later, and has them everywhere", async () => {
  const { served, db } = server();
  const deaths = await dieTakingNewKeys(served, db, 1);
  expect(deaths).toBeGreaterThan(20);
}, 600_000);
