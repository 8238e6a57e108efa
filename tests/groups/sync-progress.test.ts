import { expect, test } from "vitest";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

/** More than comes in a moment, and more than the server gives at once. */
const MANY = 230;

test("much that comes for the first time is counted, from nothing to all of it; little is not", async () => {
  const { alice, bob, g, letIn, share } = team();
  const seen: (string | null)[] = [];
  await bob.run(async ({ progress }) => {
    progress.watchSyncProgress(() => {
      const now = progress.syncProgressOf(g);
      seen.push(now && `${now.what} ${now.done} of ${now.total}`);
    });
  });
  const ids: string[] = [];
  for (let at = 0; at < MANY; at++) ids.push(await alice.add({ issuer: `E${at}` }));
  await share(alice, ids);
  await inStep(alice);
  await letIn(bob, "bob@example.com", "viewer");
  await inStep(bob);
  expect((await bob.shown()).length).toBe(MANY);
  // The name of the group is a record, too.
  const steps = [0, 50, 100, 150, 200].map((done) => `records ${done} of ${MANY + 1}`);
  expect(seen.splice(0)).toEqual([...steps, null]);

  await alice.run(({ entries }) => entries.changeEntry(ids[0] ?? "", { account: "new" }));
  await inStep(alice, bob);
  expect((await bob.shown()).join()).toContain("E0 new");
  expect(seen).toEqual([]);
});

test("what is stopped leaves whole accounts here, nothing half, and goes on with the rest", async () => {
  const { alice, bob, g, letIn, share, viewOf } = team();
  await letIn(bob, "bob@example.com", "editor");
  const ids: string[] = [];
  for (let at = 0; at < MANY; at++) ids.push(await alice.add({ issuer: `E${at}` }));
  await share(alice, ids);
  await inStep(alice);
  const stopWatching = await bob.run(async ({ progress }) =>
    progress.watchSyncProgress(() => {
      if ((progress.syncProgressOf(g)?.done ?? 0) >= 100) progress.stopSync(g);
    }),
  );
  const stopped = await bob.sync();
  expect(stopped.ok && [...stopped.value.troubles]).toEqual([[g, "stopped"]]);
  const before = await bob.shown();
  expect(before).toHaveLength(100);
  expect(before.every((shown) => /^E\d+ root$/.test(shown))).toBe(true);
  expect(await viewOf(bob)).toMatchObject({ trouble: "stopped", entries: 100, state: "in" });
  // The page that was told to stop gets no more, whatever else makes it look; what is changed there stays.
  const [one] = await bob.run(({ entries }) => entries.readIndex());
  await bob.run(({ entries }) => entries.changeEntry(one?.id ?? "", { note: "changed meanwhile" }));
  await bob.sync();
  expect(await bob.shown()).toHaveLength(100);
  const acted = await bob.run(({ rename }) => rename.renameGroup(g, "Other"));
  expect(acted).toEqual({ ok: false, error: "stopped" });

  stopWatching();
  await bob.run(async ({ progress }) => progress.resumeSync(g));
  await inStep(bob, alice);
  expect(await bob.shown()).toHaveLength(MANY);
  expect((await alice.shown()).filter((shown) => shown.includes("changed meanwhile"))).toHaveLength(1);
  expect(await viewOf(bob)).toMatchObject({ trouble: null, entries: MANY });
});
