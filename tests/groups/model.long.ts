import { test } from "vitest";
import { eachWithServer } from "./each-with-server.ts";
import { playHistory } from "./model.ts";

const server = eachWithServer();

test.each(Array.from({ length: 60 }, (_, at) => ({ seed: 100 + at, steps: 150 })))(
  "devices over lines that break come to the same, and lose nothing: history $seed",
  async (history) => {
    const { served, db } = server();
    await playHistory(served, db, history);
  },
);
