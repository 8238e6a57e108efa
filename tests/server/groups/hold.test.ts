import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink } from "../../../server/groups/append.ts";
import { appendAgain } from "../../../server/groups/append-again.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import type { Link } from "../../../shared/group/link.ts";
import type { Role } from "../../../shared/group/permissions.ts";
import { formatRotation, hashRotation } from "../../../shared/group/rotation.ts";
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

const NOW = 10_000_000;
const MINUTE_MS = 60_000;
const LIST = formatRotation([]);

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let bob: Person;
  let eve: Person;
  let log: Log;

  beforeEach(async () => {
    db = await open();
    [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
    log = await newLog(alice);
    expect(await bring(log.links[0] ?? fail(), alice, [alice])).toBe("taken");
    await letIn(bob, "admin");
    await letIn(eve, "editor");
  });

  const fail = () => {
    throw Error("no link");
  };
  const g = () => log.known.core?.g ?? "";

  async function bring(link: Link, by: Person, sealTo: readonly Person[] = [], now = NOW): Promise<string> {
    const seals = sealTo.map(({ id }) => ({ user: id, sealed: random(80) }));
    const taken = await appendLink(db, { link, seals, by: by.id }, now);
    return taken.ok ? "taken" : taken.error;
  }

  async function letIn(person: Person, role: Role): Promise<void> {
    const link = await nextLink(log, alice, "add", await accepted(log, person, role));
    expect(await bring(link, alice, [person])).toBe("taken");
    log = await append(log, link);
  }

  /** A link that gives the group a new key, with eve gone where that is said; its list is staged. */
  async function newKey(by: Person, isRemoval = false): Promise<Link> {
    const epoch = (log.known.core?.epoch ?? 0) + 1;
    await stageRotation(db, { ...staging(g(), by), epoch, list: LIST }, NOW);
    const records = await hashRotation(g(), epoch, LIST);
    const saying = { epoch, commit: anyHash(), records };
    return isRemoval
      ? nextLink(log, by, "remove", { target: eve.id, ...saying })
      : nextLink(log, by, "rotate", saying);
  }

  /** Something small that somebody writes: their key stays the same. */
  async function small(by: Person): Promise<Link> {
    const [id, ciphertext] = [crypto.randomUUID(), random(284)];
    const staged = await stageRecords(db, staging(g(), by), [ciphertext], NOW);
    const h = staged.ok ? (staged.value[0] ?? "") : "";
    return nextLink(log, by, "records", { epoch: 1, heads: [{ id, ver: 1, h }] });
  }

  /** Somebody else is quicker by a link that says nothing of records, so that a new key needs none. */
  async function cross(by: Person, late: Link): Promise<void> {
    const quicker = await nextLink(log, alice, "role", { target: eve.id, role: "editor" });
    expect(await bring(quicker, alice)).toBe("taken");
    log = await append(log, quicker);
    expect(await bring(late, by)).toBe("conflict");
  }

  describe("an admin who came too late with a new key", () => {
    it("has the next turn before those whom they could remove, until it is there", async () => {
      await cross(bob, await newKey(bob));
      const eves = await small(eve);
      expect(await bring(eves, eve)).toBe("held");
      // What waits takes no room.
      expect(await db.selectFrom("staged").select("user_id").where("user_id", "=", eve.id).execute()).toEqual(
        [],
      );
      const again = { links: [await small(eve)], seals: [], by: eve.id };
      expect(await appendAgain(db, again, NOW)).toEqual({ ok: false, error: "held" });
      const removal = await newKey(bob, true);
      expect(await bring(removal, bob, [alice, bob])).toBe("taken");
      log = await append(log, removal, LIST);
      expect(await db.selectFrom("group_hold").selectAll().execute()).toEqual([]);
    });

    it("keeps neither owners nor whoever leaves waiting", async () => {
      await cross(bob, await newKey(bob));
      const owners = await nextLink(log, alice, "role", { target: bob.id, role: "admin" });
      expect(await bring(owners, alice)).toBe("taken");
      log = await append(log, owners);
      expect(await bring(await nextLink(log, eve, "leave", {}), eve)).toBe("taken");
    });

    it("has it for five minutes, and not again before the others had as long", async () => {
      await cross(bob, await newKey(bob));
      const eves = await small(eve);
      expect(await bring(eves, eve, [], NOW + 5 * MINUTE_MS - 1)).toBe("held");
      const late = await newKey(bob);
      const taken = await small(eve);
      expect(await bring(taken, eve, [], NOW + 5 * MINUTE_MS)).toBe("taken");
      log = await append(log, taken);
      expect(await bring(late, bob, [], NOW + 6 * MINUTE_MS)).toBe("conflict");
      expect(await bring(await small(eve), eve, [], NOW + 6 * MINUTE_MS)).toBe("taken");
    });
  });

  describe("nobody has a turn", () => {
    it("who may remove nobody", async () => {
      await cross(eve, await newKey(eve));
      const bobs = await nextLink(log, bob, "role", { target: eve.id, role: "editor" });
      expect(await bring(bobs, bob)).toBe("taken");
      expect(await db.selectFrom("group_hold").selectAll().execute()).toEqual([]);
    });

    it("by a link that somebody else brings", async () => {
      const late = await newKey(bob);
      await cross(eve, late);
      expect(await db.selectFrom("group_hold").selectAll().execute()).toEqual([]);
    });
  });
});
