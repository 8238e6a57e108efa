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
