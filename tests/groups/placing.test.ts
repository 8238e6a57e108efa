import { beforeAll, expect, test, vi } from "vitest";
import { isNarrowed, isShown, NO_FILTER } from "../../extension/entrypoints/page/codes/filters.tsx";
import type { GroupView } from "../../extension/groups/group-view.ts";
import type { ToastContent } from "../../extension/ui/toast.tsx";
import { type Device, value } from "./device.ts";
import { eachWithTeam, inStep } from "./team.ts";

/** Putting accounts elsewhere from the screen, taking that back, and showing only some of them. */
const team = eachWithTeam();
beforeAll(() => void vi.stubGlobal("document", { documentElement: { lang: "" } }));

/** As the panel does it. @returns what was said, the last of which may be taken back */
async function place(device: Device, ids: readonly string[], to: string | null, how: "move" | "copy") {
  const said: ToastContent[] = [];
  await device.run(async ({ placing, entries, view }) => {
    const rows = (await entries.readIndex()).filter(({ id }) => ids.includes(id));
    const group: GroupView | null = (await view.readGroups()).find(({ g }) => g === to) ?? null;
    await placing.placeAndSay(rows, { to: group, how }, (content) => void said.push(content));
  });
  const undo = async () => {
    const before = said.length;
    await device.run(async () => said.at(-1)?.action?.onChoose());
    await vi.waitFor(() => expect(said.length).toBe(before + 1), { timeout: 10_000 });
  };
  return { said, undo };
}

/** Where each account is, the trash last. */
const placesOf = (device: Device) =>
  device.run(async ({ entries }) =>
    (await entries.readIndex())
      .map(
        ({ issuer, group, deletedAt }) => `${issuer} ${group ?? "mine"}${deletedAt === null ? "" : " trash"}`,
      )
      .sort(),
  );

test("what came out of a group goes back into it, and what was only this person’s stays where it was", async () => {
  const { alice, bob, g, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  const [shared, own] = [await alice.add({ issuer: "AWS" }), await alice.add({ issuer: "Own" })];
  await share(alice, [shared]);
  await inStep(alice, bob);
  const { undo } = await place(alice, [shared, own], null, "move");
  expect(await placesOf(alice)).toEqual([`AWS ${g} trash`, "AWS mine", "Own mine"].sort());
  await undo();
  expect(await placesOf(alice)).toEqual([`AWS ${g}`, "AWS mine trash", "Own mine"].sort());
  await inStep(alice, bob);
  expect(await bob.shown()).toEqual(["AWS root"]);
});

test("a copy for oneself is taken back, and what it was made from is not touched", async () => {
  const { alice, g, share } = team();
  const id = await alice.add({ issuer: "AWS" });
  await share(alice, [id]);
  const { undo } = await place(alice, [id], null, "copy");
  await undo();
  expect(await placesOf(alice)).toEqual([`AWS ${g}`, "AWS mine trash"].sort());
});

test("what went into a group can’t be taken back, because others may have it: nothing is offered", async () => {
  const { alice, g } = team();
  const { said } = await place(alice, [await alice.add({ issuer: "AWS" })], g, "move");
  expect(said.map(({ action }) => action)).toEqual([undefined]);
});

test("what went onto all of one’s devices is on this one alone again", async () => {
  const { alice, g, served, share } = team();
  const serverId = served.secret.serverId;
  const own = value(await alice.run(({ personal }) => personal.makePersonalGroup(serverId, "Only me")));
  const [shared, mine] = [await alice.add({ issuer: "AWS" }), await alice.add({ issuer: "Own" })];
  await share(alice, [shared]);
  await inStep(alice);
  const { undo } = await place(alice, [shared, mine], own, "move");
  expect(await placesOf(alice)).toEqual([`AWS ${g} trash`, `AWS ${own}`, `Own ${own}`].sort());
  await undo();
  await inStep(alice);
  expect(await placesOf(alice)).toEqual(
    [`AWS ${g}`, `AWS ${own} trash`, "Own mine", `Own ${own} trash`].sort(),
  );
});

test("everything of this device goes onto all of them at once, the trash aside", async () => {
  const { alice, served } = team();
  const ids = await Promise.all(["A", "B", "C"].map((issuer) => alice.add({ issuer })));
  await alice.run(({ trash }) => trash.moveToTrash([ids[2] ?? ""], Date.now()));
  const serverId = served.secret.serverId;
  const kept = value(await alice.run(({ keepAll }) => keepAll.keepEverything(serverId, "Only me", 0)));
  expect(kept).toMatchObject({ refused: 0 });
  expect(kept.ids).toHaveLength(2);
  const [own] = await alice.run(async ({ view }) =>
    (await view.readGroups()).filter(({ isPersonal }) => isPersonal),
  );
  expect(await placesOf(alice)).toEqual([`A ${own?.g}`, `B ${own?.g}`, "C mine trash"]);
});

test("a list shows one group, or what is only this person’s, or all", () => {
  const rows = [
    { tags: ["work"], sites: [], group: "g" },
    { tags: [], sites: ["a.example"], group: "other" },
    { tags: ["work"], sites: [] },
  ];
  const shown = (filter: Partial<typeof NO_FILTER>) =>
    rows.map((row) => isShown(row, { ...NO_FILTER, ...filter })).join();
  expect(shown({})).toBe("true,true,true");
  expect(shown({ group: "g" })).toBe("true,false,false");
  expect(shown({ group: "" })).toBe("false,false,true");
  expect(shown({ group: "gone" })).toBe("false,false,false");
  expect(shown({ group: "g", tag: "none" })).toBe("false,false,false");
  expect(isNarrowed(NO_FILTER)).toBe(false);
  expect(isNarrowed({ ...NO_FILTER, group: "" })).toBe(true);
});
