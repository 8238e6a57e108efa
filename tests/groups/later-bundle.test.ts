import { expect, test } from "vitest";
import { value } from "./device.ts";
import { eachWithAlice, FIRST, secretsOn } from "./own-world.ts";

/** The person's own keys, in a bundle that two pages of one browser, or a page and the worker, look at and change at once. */
const world = eachWithAlice();
const NEXT = "alice has thought of other words";

/**
 * Does something whose first answer by that path comes late, and something else before it comes.
 *
 * @returns what came of the first
 */
async function overtaken<T>(path: string, work: () => Promise<T>, other: () => Promise<unknown>): Promise<T> {
  const { fetch } = globalThis;
  const [answered, isOver] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  globalThis.fetch = async (...given) => {
    const response = await fetch(...given);
    if (!String(given[0]).includes(path)) return response;
    globalThis.fetch = fetch;
    answered.resolve();
    await isOver.promise;
    return response;
  };
  const outcome = work();
  try {
    await Promise.race([answered.promise, outcome]);
    await other();
  } finally {
    isOver.resolve();
    globalThis.fetch = fetch;
  }
  return outcome;
}

const join = async (g: string) => {
  const { first, serverId } = world();
  const seen = { n: 0, head: "h".repeat(43) };
  value(await first.bundle.rememberGroups(serverId, (groups) => ({ ...groups, [g]: seen })));
};
const stored = async () => (await secretsOn(world().first, world().serverId)).bundle;
const [ONE, OTHER, THIRD] = ["1".repeat(22), "2".repeat(22), "3".repeat(22)] as const;

test("an honest server is not taken for one that was put back where another page was quicker", async () => {
  const { first, serverId } = world();
  const look = () => first.bundle.refreshBundle(serverId);
  const seen = await overtaken("user.latestBundle", look, () => join(ONE));
  expect(Object.keys(value(seen).groups)).toEqual([ONE]);
});

test("what a page looked at does not take the place of what was stored meanwhile", async () => {
  const { first, serverId } = world();
  await join(ONE);
  const { bundle, ...before } = await secretsOn(first, serverId);
  const older = { ...bundle, ver: bundle.ver - 1 };
  // As it was before another page had stored what it had sent.
  await first.keep.changeServer(serverId, () => ({ ...before, bundle: older }));
  const { subtle } = crypto;
  const decrypt = subtle.decrypt.bind(subtle);
  let opened = 0;
  const look = () => first.bundle.refreshBundle(serverId);
  const seen = overtaken("user.latestBundle", look, async () => {
    subtle.decrypt = async (...given) => {
      // First what is stored, then what came: it is known by then that it is newer.
      if (++opened === 2) await join(OTHER);
      return decrypt(...given);
    };
  });
  value(
    await seen.finally(() => {
      subtle.decrypt = decrypt;
    }),
  );
  expect(Object.keys((await stored()).groups)).toEqual([ONE, OTHER]);
});

test.each([
  ["a group", "user.replaceBundle", () => join(ONE)],
  [
    "another passphrase",
    "user.finishPasswordChange",
    async () => {
      value(await world().first.everywhere.changePassphraseEverywhere({ old: FIRST, next: NEXT }));
    },
  ],
])(
  "%s that was sent before what came after it is stored after it, and takes nothing back",
  async (_, path, deed) => {
    const { first, serverId } = world();
    const before = (await stored()).ver;
    await overtaken(path, deed, async () => {
      value(await first.bundle.refreshBundle(serverId));
      await join(OTHER);
      await join(THIRD);
    });
    const { ver, groups } = await stored();
    expect(ver).toBe(before + 3);
    expect(Object.keys(groups)).toEqual(expect.arrayContaining([OTHER, THIRD]));
    expect((await first.bundle.refreshBundle(serverId)).ok).toBe(true);
  },
);
