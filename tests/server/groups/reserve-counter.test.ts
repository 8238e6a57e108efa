import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { MOST_COUNTER_STEPS } from "../../../shared/group/counter.ts";
import { append, type Log, nextLink } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { addMember, addRecord, type Joined, newGroup } from "../groups-over-http.ts";
import { outcome } from "../outcome.ts";
import { type Served, serve } from "../served.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;
  let alice: Joined;
  let bob: Joined;
  let log: Log;
  let record: string;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
    [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    log = await addMember(await newGroup(alice), alice, bob, "viewer");
    ({ log, id: record } = await addRecord(log, alice));
  });
  afterEach(() => served?.close());

  const reserve = async ({ api }: Joined, atLeast: number, of = record) => {
    const { counter } = await api.group.reserveCounter.mutate({
      g: log.known.core?.g ?? "",
      record: of,
      atLeast,
    });
    return counter;
  };

  describe("reserving a counter", () => {
    it("of two members who ask at the same moment, again and again, none gets what another got", async () => {
      const got: number[] = [];
      for (let round = 0; round < 5; round++)
        got.push(
          ...(await Promise.all(Array.from({ length: 10 }, (_, at) => reserve(at % 2 ? alice : bob, 7)))),
        );
      expect(got.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => 7 + at));
    });

    it("goes on from what a device has used without the server, and never goes back", async () => {
      expect(await reserve(bob, 5)).toBe(5);
      expect(await reserve(alice, 0)).toBe(6);
      expect(await reserve(bob, 6 + 1 + MOST_COUNTER_STEPS)).toBe(27);
      expect(await reserve(alice, 3)).toBe(28);
    });

    it("leaves out more than services look ahead only for those who may change the record", async () => {
      expect(await reserve(bob, 5)).toBe(5);
      expect(await outcome(reserve(bob, 5 + 2 + MOST_COUNTER_STEPS))).toBe("jump");
      expect(await reserve(bob, 6)).toBe(6);
      expect(await reserve(alice, 1_000)).toBe(1_000);
      expect(await reserve(bob, 7)).toBe(1_001);
    });

    it("begins with a new record where it is said to, for anybody, and the one beside it goes on where it was", async () => {
      expect(await reserve(bob, 1_000)).toBe(1_000);
      const { log: longer, id: anew } = await addRecord(log, alice);
      log = longer;
      const got = await Promise.all([reserve(bob, 0, anew), reserve(alice, 0, anew), reserve(bob, 0, anew)]);
      expect(got.sort()).toEqual([0, 1, 2]);
      expect(await reserve(bob, 0)).toBe(1_001);
    });

    it("is for records of the group that are there", async () => {
      const elsewhere = await addRecord(await newGroup(alice), alice);
      expect(await outcome(reserve(alice, 0, elsewhere.id))).toBe("no-such-record");
      expect(await outcome(reserve(alice, 0, crypto.randomUUID()))).toBe("no-such-record");
      const heads = [{ id: record, ver: 2, h: null }];
      const link = await nextLink(log, alice, "records", { epoch: 1, heads });
      await alice.api.group.append.mutate({ link, seals: [] });
      log = await append(log, link);
      expect(await outcome(reserve(alice, 0))).toBe("no-such-record");
    });
  });

  describe("a record whose counter goes on as that of another one", () => {
    let mine: Log;
    let own: string;
    let other: Log;
    let copy: string;

    beforeEach(async () => {
      ({ log: mine, id: own } = await addRecord(await newGroup(alice), alice));
      ({ log: other, id: copy } = await addRecord(await newGroup(alice), alice));
    });
    const idOf = (of: Log) => of.known.core?.g ?? "";
    const next = async (of: Log, record: string, atLeast: number) =>
      (await alice.api.group.reserveCounter.mutate({ g: idOf(of), record, atLeast })).counter;
    const move = (g: string, from: string, to: { g: string; record: string }, { api }: Joined = alice) =>
      api.group.moveCounter.mutate({ g, record: from, to });

    it("is counted once, whichever of the two is asked for, also while it is being moved, and for good", async () => {
      expect(await next(mine, own, 9)).toBe(9);
      expect(await next(other, copy, 3)).toBe(3);
      const to = { g: idOf(other), record: copy };
      const asked = Array.from({ length: 12 }, (_, at) => (at % 2 ? next(mine, own, 4) : next(mine, own, 5)));
      const [moved, ...got] = await Promise.all([move(idOf(mine), own, to), ...asked]);
      for (let at = 0; at < 6; at++) got.push(await (at % 2 ? next(mine, own, 0) : next(other, copy, 0)));
      expect(new Set(got).size).toBe(18);
      expect(Math.min(...got)).toBe(10);
      expect(moved.last).toBeGreaterThanOrEqual(9);
      // Another device does the same.
      expect(await move(idOf(mine), own, to)).toEqual({ last: Math.max(...got) });
      expect(await next(mine, own, 0)).toBe(Math.max(...got) + 1);
    });

    it("is counted by itself once somebody else has come into either group, whoever is left there", async () => {
      const to = { g: idOf(other), record: copy };
      expect(await move(idOf(mine), own, to)).toEqual({ last: null });
      expect(await next(mine, own, 5)).toBe(5);
      other = await addMember(other, alice, bob, "owner");
      // What she is alone with moves nothing for them.
      expect(await next(mine, own, 1_000)).toBe(1_000);
      const bobs = async () => (await bob.api.group.reserveCounter.mutate({ ...to, atLeast: 0 })).counter;
      expect(await bobs()).toBe(6);
      const leave = await nextLink(other, alice, "leave", {});
      await alice.api.group.append.mutate({ link: leave, seals: [] });
      // A group of one again, of another person.
      expect(await next(mine, own, 2_000)).toBe(2_000);
      expect(await bobs()).toBe(7);
    });

    it("follows no move away from a group that somebody else has come into", async () => {
      expect(await next(mine, own, 5)).toBe(5);
      await move(idOf(mine), own, { g: idOf(other), record: copy });
      mine = await addMember(mine, alice, bob, "viewer");
      expect(await next(other, copy, 1_000)).toBe(1_000);
      expect(await next(mine, own, 0)).toBe(6);
    });

    it("goes on elsewhere where its first way leads no further", async () => {
      const to = { g: idOf(other), record: copy };
      await move(idOf(mine), own, to);
      await addMember(other, alice, bob, "viewer");
      const third = await addRecord(await newGroup(alice), alice);
      expect(await next(mine, own, 3)).toBe(3);
      const goesOn = { g: idOf(third.log), record: third.id };
      expect(await move(idOf(mine), own, goesOn)).toEqual({ last: 3 });
      expect(await next(mine, own, 0)).toBe(4);
      expect(await next(third.log, third.id, 0)).toBe(5);
    });

    it("was in its group at some time; where it goes on may be still to come", async () => {
      const to = { g: idOf(other), record: copy };
      expect(await outcome(move(idOf(mine), crypto.randomUUID(), to))).toBe("no-such-record");
      expect(await outcome(next(mine, own, 5))).toBe("ok");
      const coming = { g: idOf(other), record: crypto.randomUUID() };
      expect(await move(idOf(mine), own, coming)).toEqual({ last: 5 });
      const heads = [{ id: own, ver: 2, h: null }];
      const link = await nextLink(mine, alice, "records", { epoch: 1, heads });
      await alice.api.group.append.mutate({ link, seals: [] });
      expect(await move(idOf(mine), own, coming)).toEqual({ last: 5 });
      expect(await next(mine, own, 0)).toBe(6);
    });

    it("is counted once while what it goes on as is made to go on as a third", async () => {
      const third = await addRecord(await newGroup(alice), alice);
      const to = { g: idOf(other), record: copy };
      expect(await next(mine, own, 5)).toBe(5);
      await move(idOf(mine), own, to);
      const count = (at: number) => (at % 2 ? next(mine, own, 0) : next(other, copy, 0));
      const asked = Array.from({ length: 20 }, (_, at) => count(at));
      const onward = move(to.g, to.record, { g: idOf(third.log), record: third.id });
      const got = await Promise.all([...asked, onward, ...Array.from({ length: 20 }, (_, at) => count(at))]);
      const counters = got.filter((each) => typeof each === "number").sort((a, b) => a - b);
      expect(counters).toEqual(Array.from({ length: 40 }, (_, at) => 6 + at));
      expect(await next(third.log, third.id, 0)).toBe(46);
    });

    it("belongs to groups of one person alone", async () => {
      const shared = log.known.core?.g ?? "";
      expect(await outcome(move(shared, record, { g: idOf(mine), record: own }))).toBe("rank");
      expect(await outcome(move(idOf(mine), own, { g: shared, record }))).toBe("rank");
      const bobs = await newGroup(bob);
      expect(await outcome(move(idOf(mine), own, { g: idOf(bobs), record: own }))).toBe("not-found");
      expect(await outcome(move(idOf(mine), own, { g: idOf(bobs), record: own }, bob))).toBe("NOT_FOUND");
    });
  });
});
