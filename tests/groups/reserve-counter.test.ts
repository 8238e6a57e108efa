import { expect, test } from "vitest";
import { codeAt } from "../../shared/otp/code.ts";
import { type Device, value } from "./device.ts";
import { type Line, onLine } from "./network.ts";
import { eachWithTeam, inStep } from "./team.ts";

const team = eachWithTeam();
let id = "";

async function shareCounted(): Promise<void> {
  const { alice, bob, letIn, share } = team();
  await letIn(bob, "bob@example.com", "viewer");
  id = await alice.add({ issuer: "Bank", type: "hotp", period: null, counter: 0 });
  await share(alice, [id]);
  await inStep(alice, bob);
}

/** One press: a counter is asked for, then the code is made. @returns the counter that it was made from */
const press = (device: Device, press: string) =>
  device.run(async ({ reserve, hotp }) => {
    const outcome = await reserve.reserveCounter({ id, g: team().g }, press);
    const code = value(await hotp.advanceHotp(id, press));
    return { kind: outcome.kind, ...code };
  });

test("two people who ask at the same moment never get the same code, and every code is right", async () => {
  await shareCounted();
  const { alice, bob } = team();
  const pressed = await Promise.all(
    [1, 2, 3, 4, 5].flatMap((at) => [press(alice, `a${at}`), press(bob, `b${at}`)]),
  );
  const counters = pressed.map(({ counter }) => counter);
  expect(new Set(counters).size).toBe(10);
  const entry = value(await alice.run(({ entries }) => entries.readEntry(id)));
  for (const { code, counter } of pressed)
    expect(codeAt({ ...entry, counter }, 0)).toEqual({ ok: true, value: code });
});

test("without the server the code is the next one that this device knows, and it is said", async () => {
  await shareCounted();
  const { bob } = team();
  const down = (): Line => "down";
  expect(await onLine.run(down, () => press(bob, "one"))).toMatchObject({ kind: "not-asked", counter: 0 });
  expect(await press(bob, "two")).toMatchObject({ kind: "reserved", counter: 1 });
});

test("a press in the worker has its counter from the server as any other, or is left to the popup, untouched", async () => {
  await shareCounted();
  const { alice, bob } = team();
  const own = await bob.add({ issuer: "Own", type: "hotp", period: null, counter: 3 });
  const inWorker = (device: Device, entryId: string, pressId: string) =>
    device.run(({ counting }) => counting.mayCountHere({ entryId, pressId }));
  expect(await inWorker(alice, id, "a")).toBe(true);
  expect(await inWorker(bob, id, "b")).toBe(true);
  const made = await Promise.all([press(alice, "a"), press(bob, "b")]);
  expect(made.map(({ counter }) => counter).sort()).toEqual([0, 1]);
  const down = (): Line => "down";
  expect(await onLine.run(down, () => inWorker(bob, id, "c"))).toBe(false);
  expect(value(await bob.run(({ entries }) => entries.readEntry(id))).counter).toBe(2);
  // Nobody else's: nobody is asked.
  expect(await onLine.run(down, () => inWorker(bob, own, "d"))).toBe(true);
});
