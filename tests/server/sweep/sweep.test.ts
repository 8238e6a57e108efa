import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { appendLink } from "../../../server/groups/append.ts";
import { readRecords, readRotation, readSeal } from "../../../server/groups/read.ts";
import { refold } from "../../../server/groups/refold.ts";
import { stageRecords, stageRotation } from "../../../server/groups/stage.ts";
import { beginSession, findSession } from "../../../server/sessions/session.ts";
import { STAGED_MS, SUPERSEDED_MS } from "../../../server/sweep/ciphertexts.ts";
import { sweep } from "../../../server/sweep/sweep.ts";
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
import { staging } from "../groups/staging.ts";

const HOUR = 60 * 60_000;
const NOW = 1_000 * HOUR;
const sealFor = ({ id }: { readonly id: string }) => ({ user: id, sealed: random(80) });

onBothDatabases(({ open }) => {
  let db: Database;
  let alice: Person;
  let bob: Person;
  let log: Log;

  beforeEach(async () => {
    db = await open();
    [alice, bob] = [await newPerson(), await newPerson()];
    log = await newLog(alice);
    await appendLink(db, { link: log.links[0] ?? fail(), seals: [sealFor(alice)] }, NOW);
    const link = await nextLink(log, alice, "add", await accepted(log, bob, "editor"));
    await appendLink(db, { link, seals: [sealFor(bob)] }, NOW);
    log = await append(log, link);
  });

  const g = () => log.known.core?.g ?? "";

  async function stage(now = NOW): Promise<string> {
    const staged = await stageRecords(db, staging(g(), alice), [random(284)], now);
    return (staged.ok ? staged.value[0] : undefined) ?? fail();
  }

  async function write(id: string, ver: number, h: string | null, now = NOW) {
    const epoch = log.known.core?.epoch ?? 1;
    const link = await nextLink(log, alice, "records", { epoch, heads: [{ id, ver, h }] });
    const taken = await appendLink(db, { link, seals: [] }, now);
    if (taken.ok) log = await append(log, link);
    return taken.ok ? "taken" : taken.error;
  }

  const isThere = async (h: string) => (await readRecords(db, g(), [h])).length === 1;

  describe("sweeping ciphertexts", () => {
    it("drops what was staged and never named, days after it was seen, and keeps what is named", async () => {
      const [named, staged] = [await stage(), await stage()];
      const id = crypto.randomUUID();
      expect(await write(id, 1, named)).toBe("taken");
      for (const now of [NOW + 1, NOW + STAGED_MS + 1, NOW + SUPERSEDED_MS]) {
        expect(await sweep(db, now)).toEqual({});
        expect(await isThere(staged)).toBe(true);
      }
      expect(await sweep(db, NOW + SUPERSEDED_MS + 2)).toEqual({ ciphertexts: 1 });
      expect([await isThere(named), await isThere(staged)]).toEqual([true, false]);
      // Said once more it is there once more, for as long.
      expect(await write(crypto.randomUUID(), 1, staged)).toBe("not-staged");
    });

    it("keeps what another version took the place of for days, so that a slow device still gets it", async () => {
      const [first, second] = [await stage(), await stage()];
      const id = crypto.randomUUID();
      await write(id, 1, first);
      const later = NOW + 100 * SUPERSEDED_MS;
      await sweep(db, later);
      await write(id, 2, second, later);
      await sweep(db, later + 1);
      expect(await isThere(first)).toBe(true);
      await sweep(db, later + SUPERSEDED_MS);
      expect(await isThere(first)).toBe(true);
      await sweep(db, later + SUPERSEDED_MS + 2);
      expect([await isThere(first), await isThere(second)]).toEqual([false, true]);
      await write(id, 3, null, later);
      await sweep(db, later + SUPERSEDED_MS + 2);
      await sweep(db, later + 2 * SUPERSEDED_MS + 3);
      expect(await isThere(second)).toBe(false);
      expect(await refold(db, g())).toBe("sound");
    });

    it("keeps what was sent again, or named in the end, however long it had lain there", async () => {
      const ciphertext = random(284);
      const staged = await stageRecords(db, staging(g(), alice), [ciphertext], NOW);
      const [h = fail()] = staged.ok ? staged.value : [];
      const other = await stage();
      await sweep(db, NOW + 1);
      const later = NOW + 10 * SUPERSEDED_MS;
      await stageRecords(db, staging(g(), alice), [ciphertext], later);
      await write(crypto.randomUUID(), 1, other, later);
      expect(await sweep(db, later + 1)).toEqual({});
      expect([await isThere(h), await isThere(other)]).toEqual([true, true]);
      expect(await db.selectFrom("unnamed_blob").select("h").execute()).toEqual([{ h }]);
    });

    it("beside appends drops nothing that a link names", async () => {
      const later = NOW + 10 * SUPERSEDED_MS;
      const seen = new Set<string>();
      for (let round = 0; round < 15; round++) {
        const hashes = [await stage(), await stage(), await stage()];
        await sweep(db, NOW + 1);
        const id = crypto.randomUUID();
        const [outcome] = await Promise.all([write(id, 1, hashes[0] ?? fail(), later), sweep(db, later)]);
        seen.add(outcome);
        if (outcome === "taken") expect(await isThere(hashes[0] ?? fail())).toBe(true);
        expect(await isThere(hashes[1] ?? fail())).toBe(false);
      }
      expect([...seen].filter((outcome) => outcome !== "taken" && outcome !== "not-staged")).toEqual([]);
      expect(await refold(db, g())).toBe("sound");
    });
  });

  describe("sweeping keys", () => {
    async function rotate(target: string | null, now: number) {
      const epoch = (log.known.core?.epoch ?? 0) + 1;
      const list = formatRotation([]);
      await stageRotation(db, { ...staging(g(), alice), epoch, list }, now);
      const saying = { epoch, commit: anyHash(), records: await hashRotation(g(), epoch, list) };
      const link = target
        ? await nextLink(log, alice, "remove", { ...saying, target })
        : await nextLink(log, alice, "rotate", saying);
      const left = [alice, bob].filter(({ id }) => id !== target);
      const taken = await appendLink(db, { link, seals: left.map(sealFor) }, now);
      if (!taken.ok) throw Error(taken.error);
      log = await append(log, link, list);
      return saying.records;
    }

    it("keeps each list that a link names for ever, and drops those that came too late or never", async () => {
      const late = new TextEncoder().encode("[[]]");
      await stageRotation(db, { ...staging(g(), alice), epoch: 2, list: late }, NOW);
      const named = await rotate(null, NOW);
      const next = new TextEncoder().encode("[[[]]]");
      await stageRotation(db, { ...staging(g(), alice), epoch: 3, list: next }, NOW);
      await sweep(db, NOW + STAGED_MS);
      expect(await db.selectFrom("rotation_list").select("h").execute()).toHaveLength(3);
      await sweep(db, NOW + 100 * SUPERSEDED_MS);
      expect(await db.selectFrom("rotation_list").select("h").execute()).toEqual([{ h: named }]);
      expect(await readRotation(db, g(), 2, named)).not.toBeNull();
      expect(await refold(db, g())).toBe("sound");
    });

    it("drops the seals of whoever is gone, and of a key that was replaced days ago", async () => {
      await rotate(null, NOW);
      await sweep(db, NOW + 1);
      expect(await readSeal(db, g(), 1, alice.id)).not.toBeNull();
      await rotate(bob.id, NOW + 2);
      await sweep(db, NOW + 3);
      for (const epoch of [1, 2]) expect(await readSeal(db, g(), epoch, bob.id)).toBeNull();
      await sweep(db, NOW + SUPERSEDED_MS + 3);
      const epochs = [1, 2, 3].map((epoch) => readSeal(db, g(), epoch, alice.id));
      expect((await Promise.all(epochs)).map((seal) => seal !== null)).toEqual([false, false, true]);
    });
  });

  it("ends what has had its time: sessions, rounds, tokens, rates, invitations; and nothing before", async () => {
    await seed();
    const before = await sweep(db, NOW);
    expect(before).toEqual({});
    const counts = { session: 1, sign_in_round: 1, registration_token: 1, rate_limit: 1, invitation: 1 };
    expect(await sweep(db, NOW + 31 * 24 * HOUR)).toEqual(counts);
    expect(await sweep(db, NOW + 31 * 24 * HOUR)).toEqual({});
  });

  async function seed(): Promise<void> {
    const text = "x";
    const bytes = random(8);
    await db
      .insertInto("user")
      .values({
        user_id: alice.id,
        email: "alice@example.com",
        login_id: text,
        record: text,
        sig: alice.sig,
        enc: alice.enc,
        recovery: text,
        bundle: bytes,
        wrapped_by_password: bytes,
        wrapped_by_kit: bytes,
        bundle_ver: 1,
        suspended: 0,
        made_at: NOW,
      })
      .execute();
    const token = await beginSession(db, alice.id, NOW);
    expect(await findSession(db, token, NOW)).not.toBeNull();
    const round = { id: text, user_id: null, state: text, made_at: NOW };
    await db.insertInto("sign_in_round").values(round).execute();
    const registration = { token_hash: text, until: NOW, login_id: null, user_id: null, used_at: null };
    await db.insertInto("registration_token").values(registration).execute();
    await db.insertInto("rate_limit").values({ name: text, left_over: 1, at: NOW }).execute();
    const answer = { user_id: null, body: null, mac: null, pop: null };
    await db
      .insertInto("invitation")
      .values({
        id: text,
        g: g(),
        by_user: alice.id,
        until: NOW,
        ciphertext: text,
        sig: text,
        registration: text,
        tries: 0,
        ...answer,
      })
      .execute();
  }
});

function fail(): never {
  throw Error("there should be something");
}
