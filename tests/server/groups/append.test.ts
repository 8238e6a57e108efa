import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { type AppendRefusal, appendLink, type Limits, type Seal } from "../../../server/groups/append.ts";
import { NO_QUOTA } from "../../../server/groups/quota.ts";
import { refold } from "../../../server/groups/refold.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import { readState } from "../../../server/groups/state.ts";
import { takingFromRate } from "../../../server/limits/rate-limit.ts";
import { type Bytes, base64urlToBytes } from "../../../shared/bytes.ts";
import type { Link } from "../../../shared/group/link.ts";
import { can } from "../../../shared/group/permissions.ts";
import { formatRotation, hashRotation, type RotatedRecord } from "../../../shared/group/rotation.ts";
import {
  accepted,
  anyHash,
  append,
  type Log,
  newLog,
  newPerson,
  nextLink,
  type Person,
  random,
} from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { staging } from "./staging.ts";

const NOW = 1_000_000;

/** Something that stands for a sealed key: the server can't tell. */
const sealFor = (person: { readonly id: string }): Seal => ({ user: person.id, sealed: random(80) });

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let bob: Person;
  let eve: Person;
  /** The log as its writers know it; the server gets the same links. */
  let log: Log;

  beforeEach(async () => {
    db = await open();
    [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
    log = await newLog(alice);
    const [first] = log.links;
    if (!first) throw Error("no first link");
    expect((await appendLink(db, { link: first, seals: [sealFor(alice)] }, NOW)).ok).toBe(true);
  });

  const g = () => log.known.core?.g ?? "";

  /** Brings a link to the server; where it is taken, its writers go on from it. */
  async function bring(
    link: Link,
    seals: readonly Seal[] = [],
    list: Bytes | null = null,
  ): Promise<"taken" | AppendRefusal> {
    const taken = await appendLink(db, { link, seals }, NOW);
    if (!taken.ok) return taken.error;
    log = await append(log, link, list);
    expect(taken.value.core).toEqual(log.known.core);
    return "taken";
  }

  const join = async (person: Person, role: "guest" | "viewer" | "editor" | "admin") =>
    bring(
      await nextLink(log, alice, "add", await accepted(log, person, role)),
      role === "guest" ? [] : [sealFor(person)],
    );

  /** Stages a ciphertext and returns its hash. */
  async function staged(): Promise<string> {
    const hashes = await stageRecords(db, staging(g(), alice), [random(284)], NOW);
    const [hash] = hashes.ok ? hashes.value : [];
    if (hash === undefined) throw Error("not staged");
    return hash;
  }

  const write = async (by: Person, heads: { id: string; ver: number; h: string | null }[]) =>
    nextLink(log, by, "records", { epoch: log.known.core?.epoch ?? 1, heads });

  async function rotated(patch: { target: string } | null): Promise<{ link: Link; list: Bytes }> {
    const records: RotatedRecord[] = [];
    for (const { id, ver, h } of log.known.heads.values()) {
      if (h !== null) records.push([id, ver + 1, await staged()]);
    }
    const list = formatRotation(records);
    const epoch = (log.known.core?.epoch ?? 0) + 1;
    const saying = { epoch, commit: anyHash(), records: await hashRotation(g(), epoch, list) };
    const link = patch
      ? await nextLink(log, alice, "remove", { ...saying, ...patch })
      : await nextLink(log, alice, "rotate", saying);
    return { link, list };
  }

  const keyHolders = () =>
    [...log.known.members.values()].filter(({ role }) => can(role, "use-codes")).map(({ id }) => ({ id }));

  describe("appending a link", () => {
    it("keeps it with all that it changes, so that the rows say what the links say", async () => {
      expect(await join(bob, "editor")).toBe("taken");
      expect(await join(eve, "viewer")).toBe("taken");
      const record = { id: crypto.randomUUID(), ver: 1, h: await staged() };
      expect(await bring(await write(bob, [record]))).toBe("taken");
      expect(await bring(await write(alice, [{ ...record, ver: 2, h: await staged() }]))).toBe("taken");
      expect(await bring(await nextLink(log, eve, "leave", {}))).toBe("taken");
      const { link, list } = await rotated(null);
      await stageRotation(db, { ...staging(g(), alice), epoch: 2, list }, NOW);
      expect(await bring(link, keyHolders().map(sealFor), list)).toBe("taken");
      expect(await readState(db, g())).toEqual(log.known);
      expect(await refold(db, g())).toBe("sound");
    });

    it("is refused for what the log refuses, and changes nothing", async () => {
      await join(bob, "viewer");
      const before = await readState(db, g());
      const record = { id: crypto.randomUUID(), ver: 1, h: await staged() };
      expect(await bring(await write(bob, [record]))).toBe("rank");
      expect(await bring(await write(eve, [record]))).toBe("not-member");
      const link = await write(alice, [record]);
      expect(
        await bring({ ...link, sig: link.sig.replace(/^./, (letter) => (letter === "A" ? "B" : "A")) }),
      ).toBe("signature");
      expect(await bring({ body: "%", sig: "" })).toBe("malformed");
      expect(await readState(db, g())).toEqual(before);
      expect(await refold(db, g())).toBe("sound");
    });

    it("waits for the ciphertexts that it names", async () => {
      const record = { id: crypto.randomUUID(), ver: 1, h: anyHash() };
      expect(await bring(await write(alice, [record]))).toBe("not-staged");
      // Of another group they are of no use: who is in that one could read that they are the same.
      const other = await stageRecords(db, staging("AAAAAAAAAAAAAAAAAAAAAA", alice), [random(284)], NOW);
      const [h = ""] = other.ok ? other.value : [];
      expect(await bring(await write(alice, [{ ...record, h }]))).toBe("not-staged");
      const { link } = await rotated(null);
      expect(await bring(link, [sealFor(alice)])).toBe("rotation-incomplete");
    });

    it("brings the key to everybody who comes to use it, and to nobody else", async () => {
      const link = await nextLink(log, alice, "add", await accepted(log, bob, "viewer"));
      expect(await bring(link)).toBe("seals");
      expect(await bring(link, [sealFor(eve)])).toBe("seals");
      expect(await bring(link, [sealFor(bob), sealFor(bob)])).toBe("seals");
      expect(await bring(link, [sealFor(bob), sealFor(eve)])).toBe("seals");
      expect(await bring(link, [sealFor(bob)])).toBe("taken");
      expect(await join(eve, "guest")).toBe("taken");
      const promotion = await nextLink(log, alice, "role", { target: eve.id, role: "viewer" });
      expect(await bring(promotion)).toBe("seals");
      expect(await bring(promotion, [sealFor(eve)])).toBe("taken");
      const removal = await rotated({ target: bob.id });
      await stageRotation(db, { ...staging(g(), alice), epoch: 2, list: removal.list }, NOW);
      expect(await bring(removal.link, [sealFor(alice)], removal.list)).toBe("seals");
      expect(await bring(removal.link, [sealFor(alice), sealFor(eve), sealFor(bob)], removal.list)).toBe(
        "seals",
      );
      expect(await bring(removal.link, [sealFor(alice), sealFor(eve)], removal.list)).toBe("taken");
      const seals = await db.selectFrom("seal").select(["epoch", "user_id"]).where("epoch", "=", 2).execute();
      expect(seals.map(({ user_id }) => user_id).sort()).toEqual([alice.id, eve.id].sort());
    });
  });

  describe("who has brought too many", () => {
    const limits: Limits = {
      count: (on) => takingFromRate(on, "write alice", { burst: 3, perMinute: 1 }, NOW),
      quota: NO_QUOTA,
    };
    const bringCounted = async (link: Link) => {
      const taken = await appendLink(db, { link, seals: [] }, NOW, limits);
      return taken.ok ? "taken" : taken.error;
    };
    const newRecord = async () => write(alice, [{ id: crypto.randomUUID(), ver: 1, h: await staged() }]);

    it("is told so, and nothing is taken; each counts, taken or refused", async () => {
      const link = await newRecord();
      const unstaged = await write(alice, [{ id: crypto.randomUUID(), ver: 1, h: anyHash() }]);
      expect(await bringCounted({ ...link, body: "%" })).toBe("malformed");
      expect(await bringCounted(unstaged)).toBe("not-staged");
      expect(await bringCounted(link)).toBe("taken");
      log = await append(log, link);
      expect(await bringCounted({ ...link, body: "%" })).toBe("too-often");
      expect(await bringCounted(await newRecord())).toBe("too-often");
      expect(await refold(db, g())).toBe("sound");
    });

    it("is counted as often as they bring, also where they are crossed at the last moment", async () => {
      const links = await Promise.all(Array.from({ length: 5 }, newRecord));
      const outcomes = await Promise.all(links.map(bringCounted));
      expect(outcomes.sort()).toEqual(["conflict", "conflict", "taken", "too-often", "too-often"]);
      expect(await refold(db, g())).toBe("sound");
    });
  });

  describe("several who append at once", () => {
    it("get one number each: one of fifty is first, the others are told to look again", async () => {
      const links = await Promise.all(
        Array.from({ length: 50 }, async () => {
          const record = { id: crypto.randomUUID(), ver: 1, h: await staged() };
          return write(alice, [record]);
        }),
      );
      const outcomes = await Promise.all(links.map((link) => appendLink(db, { link, seals: [] }, NOW)));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
      expect(new Set(refused)).toEqual(new Set(["conflict"]));
      const rows = await db.selectFrom("group_link").select("n").where("g", "=", g()).execute();
      expect(rows.map(({ n }) => n).sort()).toEqual([0, 1]);
      expect(await refold(db, g())).toBe("sound");
    });
  });

  describe("refolding", () => {
    it("finds a row that was changed behind the log's back, and a link that was", async () => {
      await join(bob, "viewer");
      await db.updateTable("group_member").set({ role: "admin" }).where("user_id", "=", bob.id).execute();
      expect(await refold(db, g())).toEqual({ what: "rows" });
      await db.updateTable("group_member").set({ role: "viewer" }).where("user_id", "=", bob.id).execute();
      expect(await refold(db, g())).toBe("sound");
      const [, second] = log.links;
      const bytes = base64urlToBytes(second?.body ?? "");
      const body = bytes.ok
        ? (second?.body.replace(/.$/, (letter) => (letter === "A" ? "B" : "A")) ?? "")
        : "";
      await db.updateTable("group_link").set({ body }).where("n", "=", 1).execute();
      expect(await refold(db, g())).toEqual({ what: "link", n: 1 });
    });
  });
});
