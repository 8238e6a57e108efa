import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink, NO_LIMITS } from "../../../server/groups/append.ts";
import { appendAgain } from "../../../server/groups/append-again.ts";
import { NO_QUOTA, type Quota } from "../../../server/groups/quota.ts";
import { refold } from "../../../server/groups/refold.ts";
import { stageRotation } from "../../../server/groups/stage.ts";
import { readCore } from "../../../server/groups/state.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { sign } from "../../../shared/crypto/signature.ts";
import type { Link } from "../../../shared/group/link.ts";
import type { Role } from "../../../shared/group/permissions.ts";
import { rekeyContext } from "../../../shared/group/proofs.ts";
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
const LIST = formatRotation([]);

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let bob: Person;
  let log: Log;

  beforeEach(async () => {
    db = await open();
    [alice, bob] = [await newPerson(), await newPerson()];
    log = await newLog(alice);
    expect(await bring(log.links[0] ?? fail(), [alice])).toBe("taken");
  });

  const fail = () => {
    throw Error("no link");
  };
  const g = () => log.known.core?.g ?? "";
  const logBytes = async () =>
    Number((await db.selectFrom("log_size").select("bytes").where("g", "=", g()).executeTakeFirst())?.bytes);
  const lengthOf = ({ body, sig }: Link) => body.length + sig.length;

  async function bring(link: Link, seals: readonly Person[], quota: Partial<Quota> = {}): Promise<string> {
    const limits = { ...NO_LIMITS, quota: { ...NO_QUOTA, ...quota } };
    const sealed = seals.map(({ id }) => ({ user: id, sealed: random(80) }));
    const taken = await appendLink(db, { link, seals: sealed }, NOW, limits);
    return taken.ok ? "taken" : taken.error;
  }

  async function letBobIn(role: Role): Promise<void> {
    const link = await nextLink(log, alice, "add", await accepted(log, bob, role));
    expect(await bring(link, [bob])).toBe("taken");
    log = await append(log, link);
  }

  /** A link by which somebody gives the group a new key, with its list staged. */
  async function rotation(by: Person): Promise<Link> {
    const epoch = (log.known.core?.epoch ?? 0) + 1;
    await stageRotation(db, { ...staging(g(), by), epoch, list: LIST }, NOW);
    const records = await hashRotation(g(), epoch, LIST);
    return nextLink(log, by, "rotate", { epoch, commit: anyHash(), records });
  }

  /** A link by which somebody takes new keys. */
  async function newKeys(by: Person, next: Person): Promise<Link> {
    const { sig, enc } = next;
    const context = rekeyContext(g(), { id: by.id, oldSig: by.sig, enc });
    return nextLink(log, by, "rekey", { sig, enc, pop: bytesToBase64url(await sign(next.signing, context)) });
  }

  describe("the log of a group", () => {
    it("counts its links and the lists that they name, which stay, and takes no more than so many bytes", async () => {
      expect(await logBytes()).toBe(lengthOf(log.links[0] ?? fail()));
      await letBobIn("editor");
      const before = await logBytes();
      const link = await rotation(bob);
      const needs = before + lengthOf(link) + LIST.length;
      const quota = { stagedBytes: 0, logBytes: needs - 1 };
      expect(await bring(link, [alice, bob], quota)).toBe("log-full");
      expect((await readCore(db, g()))?.n).toBe(1);
      expect(await logBytes()).toBe(before);
      expect(await bring(link, [alice, bob], { ...quota, logBytes: needs })).toBe("taken");
      expect(await logBytes()).toBe(needs);
      expect(await refold(db, g())).toBe("sound");
    });

    it("that an editor has filled has room for an admin, and for an owner where an admin has", async () => {
      await letBobIn("admin");
      const quota = { stagedBytes: 10_000, logBytes: await logBytes() };
      const link = await rotation(bob);
      expect(await bring(link, [alice, bob], quota)).toBe("taken");
      log = await append(log, link, LIST);
      const full = { stagedBytes: 10_000, logBytes: (await logBytes()) - 10_000 };
      expect(await bring(await rotation(bob), [alice, bob], full)).toBe("log-full");
      expect(await bring(await rotation(alice), [alice, bob], full)).toBe("taken");
    });

    it("that is filled by new keys of one member has room for the removal of that member", async () => {
      await letBobIn("editor");
      const quota = { stagedBytes: 6_000, logBytes: await logBytes() };
      let signing = bob;
      let outcome = "taken";
      for (let at = 0; at < 50 && outcome === "taken"; at++) {
        const next = { ...(await newPerson()), id: bob.id };
        const link = await newKeys(signing, next);
        signing = next;
        outcome = await bring(link, [bob], quota);
        if (outcome === "taken") log = await append(log, link);
      }
      expect(outcome).toBe("log-full");
      expect(await logBytes()).toBeGreaterThan(quota.logBytes);
      expect(await logBytes()).toBeLessThanOrEqual(quota.logBytes + 3_000);
      const carol = await newPerson();
      const add = await nextLink(log, alice, "add", await accepted(log, carol, "admin"));
      expect(await bring(add, [carol])).toBe("taken");
      log = await append(log, add);
      const epoch = 2;
      await stageRotation(db, { ...staging(g(), carol), epoch, list: LIST }, NOW);
      const records = await hashRotation(g(), epoch, LIST);
      const remove = await nextLink(log, carol, "remove", {
        target: bob.id,
        epoch,
        commit: anyHash(),
        records,
      });
      expect(await bring(remove, [alice, carol], quota)).toBe("taken");
    });

    it("keeps nobody from leaving it, however long it is", async () => {
      await letBobIn("editor");
      const quota = { stagedBytes: 0, logBytes: 1 };
      expect(await bring(await rotation(bob), [alice, bob], quota)).toBe("log-full");
      expect(await bring(await nextLink(log, bob, "leave", {}), [], quota)).toBe("taken");
    });

    it("is not made longer by bringing links again than by bringing them once", async () => {
      await letBobIn("editor");
      const [links, grown] = [[await rotation(bob)], await logBytes()];
      const seals = [alice, bob].map(({ id }) => ({ user: id, sealed: random(80) }));
      const again = (by: Person, logBytes: number) =>
        appendAgain(db, { links, seals, by: by.id }, NOW, { ...NO_QUOTA, stagedBytes: 5_000, logBytes });
      expect(await again(bob, grown)).toEqual({ ok: false, error: "log-full" });
      expect((await again(alice, grown)).ok).toBe(true);
    });
  });

  describe("the groups that somebody has begun", () => {
    it("are so many at most, whatever became of them", async () => {
      const quota = { groups: 2 };
      const [second, third] = [await newLog(alice), await newLog(alice)];
      expect(await bring(await nextLink(log, alice, "close", {}), [])).toBe("taken");
      expect(await bring(second.links[0] ?? fail(), [alice], quota)).toBe("taken");
      expect(await bring(third.links[0] ?? fail(), [alice], quota)).toBe("too-many-groups");
      const bobs = await newLog(bob);
      expect(await bring(bobs.links[0] ?? fail(), [bob], quota)).toBe("taken");
      expect(await bring(third.links[0] ?? fail(), [alice], { groups: 3 })).toBe("taken");
    });

    it("are not one more by many that are begun at once", async () => {
      await db.insertInto("user").values(userRow(alice)).execute();
      const begun = await Promise.all(Array.from({ length: 12 }, () => newLog(alice)));
      const outcomes = await Promise.all(
        begun.map(({ links }) => bring(links[0] ?? fail(), [alice], { groups: 5 })),
      );
      expect(outcomes.filter((outcome) => outcome === "taken")).toHaveLength(4);
    });

    it("can't be begun by what was made to bring lost links again", async () => {
      const other = await newLog(bob);
      const seals = [{ user: bob.id, sealed: random(80) }];
      const again = { links: other.links, seals, by: alice.id };
      expect(await appendAgain(db, again, NOW)).toEqual({ ok: false, error: "sequence" });
    });
  });

  const userRow = ({ id, sig, enc }: Person) => ({
    ...{ user_id: id, email: `${id}@example.com`, login_id: id, record: "", sig, enc, recovery: "" },
    ...{ bundle: random(1), wrapped_by_password: random(1), wrapped_by_kit: random(1), bundle_ver: 1 },
    ...{ suspended: 0, made_at: 0, replaced_by: null },
  });
});
