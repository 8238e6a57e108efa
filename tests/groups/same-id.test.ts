import { expect, test } from "vitest";
import { value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();

test("who gives another group an entry’s id gets hold of nothing, and nothing is lost", async () => {
  const { alice, bob, served, letIn, share } = team();
  await letIn(bob, "bob@example.com", "editor");
  const serverId = served.secret.serverId;
  const other = value(await alice.run(({ create }) => create.createGroup(serverId, "Other")));
  const shared = await alice.add({ issuer: "Shared", note: "of the other group" });
  value(await alice.run(({ place }) => place.placeEntries([shared], other, "move", 0)));
  const own = await alice.add({ issuer: "Own", note: "hers alone" });
  await inStep(alice);
  // Bob knows both ids, and makes records of them in the group that he is in.
  const forged = await bob.run(({ entries }) => entries.readIndex());
  expect(forged).toEqual([]);
  for (const id of [shared, own]) {
    const made = await bob.add({ issuer: `Forged ${id === own ? "own" : "shared"}` });
    await bob.run(({ commit }) =>
      commit.commit(async (view) => {
        const row = (await view.open([made])).get(made);
        if (!row?.ok) throw Error("not there");
        return {
          result: null,
          rows: new Map([
            [made, null],
            [id, row.value],
          ]),
        };
      }),
    );
    await share(bob, [id]);
  }
  await inStep(bob, alice, bob, alice);
  const hers = ["Own root hers alone", "Shared root of the other group"];
  expect(await alice.shown()).toEqual(hers);
  expect(await bob.shown()).toEqual(["Forged own root", "Forged shared root"]);
  const index = await alice.run(({ entries }) => entries.readIndex());
  expect(index.map(({ id, group }) => [id, group]).sort()).toEqual(
    [
      [own, undefined],
      [shared, other],
    ].sort(),
  );
});
