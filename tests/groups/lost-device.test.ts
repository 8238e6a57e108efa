import { expect, test } from "vitest";
import { byRisk } from "../../extension/entrypoints/page/groups/reenrol-order.ts";
import { eachWithTeam } from "./team.ts";

const team = eachWithTeam();

test("after a device was lost all that it could read is listed, the longest known first, and nothing else", async () => {
  const { alice, share, served } = team();
  const { serverId } = served.secret;
  const lose = (label: string | null) =>
    alice.run(({ reenrolments }) => reenrolments.addLostDevice(serverId, label, 5_000));
  const read = () => alice.run(({ reenrolments }) => reenrolments.readReenrolments());
  await alice.add({ issuer: "Here alone" });
  expect([await lose(null), await read()]).toEqual([0, []]);

  const older = await alice.add({ issuer: "AWS" });
  await share(alice, [older]);
  const newer = await alice.add({ issuer: "GitHub", secret: "KRSXG5CTMVRXEZLU" });
  await share(alice, [newer]);
  expect(await lose("Chrome, Linux")).toBe(2);
  const [list] = await read();
  if (list === undefined) throw Error("no list");
  expect(list).toMatchObject({ device: { label: "Chrome, Linux", serverId }, removedAt: 5_000 });
  expect(list.entries.toSorted(byRisk(list)).map(({ id }) => id)).toEqual([older, newer]);

  // Set up anew at its service, it counts as done; what is ticked stays so, and is last.
  await alice.run(({ entries }) => entries.changeEntry(older, { secret: "MFRGGZDFMZTWQ2LK" }));
  const [after] = await read();
  if (after === undefined) throw Error("no list");
  expect(after.entries.toSorted(byRisk(after)).map(({ id, isDone }) => [id, isDone])).toEqual([
    [newer, false],
    [older, true],
  ]);
  await alice.run(({ reenrolments }) => reenrolments.tickReenrolment(list.id, newer, true));
  expect((await read())[0]).toMatchObject({ device: { label: "Chrome, Linux" } });
  expect((await read())[0]?.entries.every(({ isDone }) => isDone)).toBe(true);
});
