import { afterEach, expect, test, vi } from "vitest";
import { watchHeads } from "../../extension/servers/watch-heads.ts";
import { newDevice, newUser, value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";

const server = eachWithServer();
let stop = () => {};
afterEach(() => stop());

test("a device hears of a change that another one has made, and its token is in no address", async () => {
  const { served } = server();
  const asked = vi.spyOn(globalThis, "fetch");
  const alice = await newDevice(served, await newUser(served, "alice@example.com"));
  const g = value(await alice.run(({ create }) => create.createGroup(served.secret.serverId, "Cloud")));
  const token = await served.signIn("alice@example.com");
  const news = vi.fn();
  stop = watchHeads({ origin: served.origin, token }, news, () => {});
  await vi.waitFor(() => expect(news).toHaveBeenCalledTimes(1), 5_000);
  const id = await alice.add({ issuer: "AWS" });
  await alice.run(({ place }) => place.placeEntries([id], g, "move", 0));
  value(await alice.sync());
  await vi.waitFor(() => expect(news.mock.calls.length).toBeGreaterThan(1), 5_000);
  const addresses = asked.mock.calls.map(([input]) => String(input instanceof Request ? input.url : input));
  expect(addresses.some((address) => address.includes("group.watch"))).toBe(true);
  expect(addresses.join()).not.toContain(token);
});

test("whoever is signed out hears that the line is closed for good", async () => {
  const { served } = server();
  await newUser(served, "alice@example.com");
  const ended = vi.fn();
  stop = watchHeads({ origin: served.origin, token: "A".repeat(43) }, () => {}, ended);
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), 5_000);
});
