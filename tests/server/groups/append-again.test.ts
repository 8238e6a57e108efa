import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink, type Seal } from "../../../server/groups/append.ts";
import { appendAgain } from "../../../server/groups/append-again.ts";
import { readSeal } from "../../../server/groups/read.ts";
import { refold } from "../../../server/groups/refold.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import { readCore } from "../../../server/groups/state.ts";
import type { Bytes } from "../../../shared/bytes.ts";
import type { Link } from "../../../shared/group/link.ts";
import { hashRecord } from "../../../shared/group/record.ts";
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

const NOW = 1_000_000;
const sealFor = ({ id }: { readonly id: string }): Seal => ({ user: id, sealed: random(80) });

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let bob: Person;
  /** The log as its writers know it; the server has its first link alone. */
  let log: Log;
  let begun: Log;
  let last: Bytes;
  let list: Bytes;

  beforeEach(async () => {
    db = await open();
    [alice, bob] = [await newPerson(), await newPerson()];
    begun = log = await newLog(alice);
    const [first] = log.links;
    if (!first) throw Error("no first link");
    expect((await appendLink(db, { link: first, seals: [sealFor(alice)] }, NOW)).ok).toBe(true);
    await lost();
  });

  const g = () => log.known.core?.g ?? "";
  const write = async (by: Person, heads: { id: string; ver: number; h: string | null }[]) => {
    log = await append(log, await nextLink(log, by, "records", { epoch: 1, heads }));
  };

  /** What happened since the backup: Bob came, a record was written, and again, and a new key was made. */
  async function lost(): Promise<void> {
    log = await append(log, await nextLink(log, alice, "add", await accepted(log, bob, "editor")));
    const id = crypto.randomUUID();
    await write(alice, [{ id, ver: 1, h: anyHash() }]);
    await write(bob, [{ id, ver: 2, h: anyHash() }]);
    last = random(284);
    list = formatRotation([[id, 3, await hashRecord(last)]]);
    const records = await hashRotation(g(), 2, list);
    log = await append(
      log,
      await nextLink(log, alice, "rotate", { epoch: 2, commit: anyHash(), records }),
      list,
    );
  }

  async function stageAll(): Promise<void> {
    await stageRecords(db, staging(g(), alice), [last], NOW);
    await stageRotation(db, { ...staging(g(), alice), epoch: 2, list }, NOW);
  }

  async function bring(
    links: readonly Link[] = log.links.slice(1),
    seals: readonly Seal[] = [sealFor(alice), sealFor(bob)],
  ): Promise<string> {
    const brought = await appendAgain(db, { links, seals }, NOW);
    return brought.ok ? "taken" : brought.error;
  }

  const lastNumber = async () => (await readCore(db, g()))?.n;

  describe("links that were lost", () => {
    it("are taken together, with nothing staged but what the group holds after them", async () => {
      await stageAll();
      expect(await bring()).toBe("taken");
      expect(await refold(db, g())).toBe("sound");
      expect(await readCore(db, g())).toEqual(log.known.core);
      expect(await readSeal(db, g(), 2, bob.id)).not.toBe(null);
      expect(await bring()).toBe("conflict");
    });

    it("are refused all together where something is missing", async () => {
      // Without the list of the new key nobody can say what it comes to.
      expect(await bring()).toBe("rotation-incomplete");
      await stageRotation(db, { ...staging(g(), alice), epoch: 2, list }, NOW);
      expect(await bring()).toBe("not-staged");
      await stageRecords(db, staging(g(), alice), [last], NOW);
      expect(await bring(undefined, [sealFor(alice)])).toBe("seals");
      expect(await bring([])).toBe("conflict");
      expect(await bring(log.links.slice(2))).toBe("sequence");
      expect(await lastNumber()).toBe(0);
      expect(await bring()).toBe("taken");
    });

    it("are verified as they were the first time, each of them", async () => {
      await stageAll();
      const eve = await newPerson();
      const links = log.links.slice(1);
      const forged = await nextLink(log, eve, "leave", {});
      expect(await bring([...links, forged])).toBe("not-member");
      expect(await lastNumber()).toBe(0);
      const [changed, ...others] = links;
      if (!changed) throw Error("no link");
      const sig = `${changed.sig.startsWith("A") ? "B" : "A"}${changed.sig.slice(1)}`;
      expect(await bring([{ ...changed, sig }, ...others])).toBe("signature");
      expect(await lastNumber()).toBe(0);
    });

    it("don’t follow on what somebody has written since", async () => {
      await stageAll();
      const other = await nextLink(begun, alice, "rotate", {
        epoch: 2,
        commit: anyHash(),
        records: await hashRotation(g(), 2, formatRotation([])),
      });
      await stageRotation(db, { ...staging(g(), alice), epoch: 2, list: formatRotation([]) }, NOW);
      expect((await appendLink(db, { link: other, seals: [sealFor(alice)] }, NOW)).ok).toBe(true);
      expect(await bring()).toBe("conflict");
      expect(await lastNumber()).toBe(1);
    });
  });
});
