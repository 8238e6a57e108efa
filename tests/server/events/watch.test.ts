import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { type Bus, localBus, MOST_LISTENERS } from "../../../server/events/bus.ts";
import { openBus } from "../../../server/events/open.ts";
import { watchHeads } from "../../../server/events/watch-heads.ts";
import { append, type Log, nextLink } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { type EventStream, openStream } from "../event-stream.ts";
import { addMember, type Joined, newGroup } from "../groups-over-http.ts";
import { type Served, serve } from "../served.ts";

onBothDatabases(({ kind, newPlace, open }) => {
  let place: string;
  let db: Database;
  let served: Served;
  let alice: Joined;
  let bob: Joined;
  let log: Log;
  let streams: EventStream[];
  let buses: Bus[];
  let others: Served[];

  beforeEach(async () => {
    [streams, buses, others] = [[], [], []];
    place = await newPlace();
    db = await open(place);
    served = await serve(db, await newBus());
    [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    log = await addMember(await newGroup(alice), alice, bob, "editor");
  });
  afterEach(async () => {
    for (const stream of streams) stream.cut();
    for (const bus of buses) await bus.close();
    for (const each of [served, ...others]) await each?.close();
  });

  async function newBus(): Promise<Bus> {
    const bus = await openBus(place);
    buses.push(bus);
    return bus;
  }

  async function watch(token: string | null, after: string | null = null, at = served): Promise<EventStream> {
    const stream = await openStream(`${at.origin}/trpc/group.watch`, {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(after === null ? {} : { "last-event-id": after }),
    });
    streams.push(stream);
    expect(await stream.next()).toMatchObject({ event: "connected" });
    return stream;
  }

  /** The log goes on: any link will do. */
  async function goOn(): Promise<Log> {
    const saying = { target: bob.id, role: (log.known.core?.n ?? 0) % 2 === 0 ? "viewer" : "admin" } as const;
    const link = await nextLink(log, alice, "role", saying);
    await alice.api.group.append.mutate({ link, seals: [] });
    log = await append(log, link);
    return log;
  }

  const headOf = ({ known: { core } }: Log) => ({ g: core?.g, n: core?.n, head: core?.head });

  it("one device appends, and the other hears which head the group has now, and nothing else", async () => {
    const stream = await watch(bob.token);
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
    expect(stream.response.headers.get("cache-control")).toContain("no-store");
    expect((await stream.next())?.data).toEqual(headOf(log));
    await goOn();
    expect((await stream.next())?.data).toEqual(headOf(log));
    // A group of hers that he is not in is not said; one that he comes into is.
    const other = await newGroup(alice);
    const joined = await addMember(other, alice, bob, "viewer");
    expect((await stream.next())?.data).toEqual(headOf(joined));
    await goOn();
    expect((await stream.next())?.data).toEqual(headOf(log));
  });

  it("whoever comes back after a broken connection misses nothing, and hears nothing twice", async () => {
    const first = await watch(bob.token);
    const last = (await first.next())?.id ?? "";
    first.cut();
    const unchanged = await watch(bob.token, last);
    await goOn();
    const heard = await unchanged.next();
    expect(heard?.data).toEqual(headOf(log));
    unchanged.cut();
    for (let at = 0; at < 3; at++) await goOn();
    const again = await watch(bob.token, heard?.id ?? "");
    expect((await again.next())?.data).toEqual(headOf(log));
    again.cut();
    expect((await (await watch(bob.token, "nobody-said-this")).next())?.data).toEqual(headOf(log));
  });

  it("what is appended while somebody watches is heard in the end, however fast it comes", async () => {
    const stream = await watch(bob.token);
    for (let at = 0; at < 20; at++) await goOn();
    let heard: unknown = null;
    while (JSON.stringify(heard) !== JSON.stringify(headOf(log))) heard = (await stream.next())?.data;
  });

  it("nobody watches without a session, and a session that ends hears no more", async () => {
    const refusal = { event: "serialized-error", data: { data: { code: "UNAUTHORIZED", httpStatus: 401 } } };
    for (const token of [null, "x".repeat(43)]) {
      const stream = await watch(token);
      expect(await stream.next()).toMatchObject(refusal);
      expect(await stream.next()).toBeNull();
    }
    const inAddress = await openStream(
      `${served.origin}/trpc/group.watch?token=${bob.token}&authorization=Bearer%20${bob.token}`,
    );
    streams.push(inAddress);
    await inAddress.next();
    expect(await inAddress.next()).toMatchObject(refusal);

    const stream = await watch(bob.token);
    await stream.next();
    const [session] = await bob.api.user.sessions.query();
    await bob.api.user.endSession.mutate({ id: session?.id ?? "" });
    await goOn();
    expect(await stream.next()).toMatchObject(refusal);
    expect(await stream.next()).toBeNull();
  });

  it("whoever leaves a group is cut off, to begin anew with the groups that are left", async () => {
    const other = await addMember(await newGroup(alice), alice, bob, "viewer");
    const stream = await watch(bob.token);
    await stream.next();
    const last = await stream.next();
    await bob.api.group.append.mutate({ link: await nextLink(log, bob, "leave", {}), seals: [] });
    expect(await stream.next()).toBeNull();
    const again = await watch(bob.token, last?.id ?? "");
    expect((await again.next())?.data).toEqual(headOf(other));
  });

  it("so many watch at once for one user, and another has their own", async () => {
    for (let at = 0; at < MOST_LISTENERS; at++) await (await watch(bob.token)).next();
    const refusal = { data: { message: "too-many", data: { httpStatus: 429 } } };
    expect(await (await watch(bob.token)).next()).toMatchObject(refusal);
    expect((await (await watch(alice.token)).next())?.data).toEqual(headOf(log));
    streams[0]?.cut();
    // Its place is free once the server has seen that it is gone.
    await expect
      .poll(async () => (await (await watch(bob.token)).next())?.data, { timeout: 10_000 })
      .toEqual(headOf(log));
  });

  it("a server that stops lets go of whoever watches, without an error", async () => {
    const stream = await watch(bob.token);
    await stream.next();
    for (const bus of buses) await bus.close();
    expect(await stream.next()).toBeNull();
    const late = await watch(bob.token);
    expect(await late.next()).toBeNull();
  });

  it("a device may send the header by which it resumes", async () => {
    const response = await fetch(`${served.origin}/trpc/group.watch`, {
      method: "OPTIONS",
      headers: { origin: "chrome-extension://ajfjjlmgpdbkgjpgmadohkkehcbigbfi" },
    });
    expect(response.headers.get("access-control-allow-headers")).toContain("last-event-id");
    expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
  });

  it("looks now and then by itself, where news got lost or a session ended unheard", async () => {
    let isIn = true;
    const isSignedIn = async () => isIn;
    const deaf = { ...localBus(), publish: () => {} };
    const watched = watchHeads({
      db,
      bus: deaf,
      userId: bob.id,
      isSignedIn,
      after: null,
      signal: undefined,
      lookMs: 20,
    });
    expect((await watched.next()).value).toMatchObject({ data: headOf(log) });
    const next = watched.next();
    await goOn();
    expect((await next).value).toMatchObject({ data: headOf(log) });
    const last = watched.next();
    isIn = false;
    expect(await last).toEqual({ done: true, value: "signed-out" });
  });

  if (kind === "sqlite") return;
  describe("several processes", () => {
    it("hear of each other's links, also after the connection between them was lost", async () => {
      const other = await serve(db, await newBus());
      others.push(other);
      const stream = await watch(bob.token, null, other);
      expect((await stream.next())?.data).toEqual(headOf(log));
      await goOn();
      expect((await stream.next())?.data).toEqual(headOf(log));
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`.execute(
        db,
      );
      await goOn();
      expect((await stream.next())?.data).toEqual(headOf(log));
      await goOn();
      expect((await stream.next())?.data).toEqual(headOf(log));
    });
  });
});
