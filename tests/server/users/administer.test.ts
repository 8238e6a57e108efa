import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  sayEndedSessions,
  sayReset,
  saySessions,
  saySuspended,
  sayUsers,
} from "../../../server/admin-users.ts";
import type { Database } from "../../../server/db/open.ts";
import { newToken } from "../../../server/tokens.ts";
import { allowReset, setSuspended } from "../../../server/users/administer.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import { newLog, newPerson, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import {
  type Account,
  finishSignIn,
  openRecovery,
  recovery,
  register,
  signIn,
  startSignIn,
} from "./account.ts";
import { ALICE, NEW, OLD, serveAccounts, type WithAccounts } from "./serve-accounts.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: WithAccounts["served"];
  let place: WithAccounts["place"];
  let join: WithAccounts["join"];
  let alice: Account;

  const resetToken = async (userId = alice.userId) => {
    const token = newToken();
    const allowed = await allowReset(db, { userId, token, until: Date.now() + 60_000 });
    if (!allowed.ok) throw Error(allowed.error);
    return token;
  };

  beforeEach(async () => {
    db = await open();
    ({ served, place, join } = await serveAccounts(db));
    alice = await join(ALICE);
  });
  afterEach(() => served?.close());

  describe("suspending somebody", () => {
    it("ends their sessions at once, and whatever was on the way to one", async () => {
      const begun = await startSignIn(place, ALICE, OLD);
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, NEW);
      const { sent } = await recovery(place, opened, alice.recoveryKey);
      await setSuspended(db, alice.userId, true);
      await setSuspended(db, alice.userId, false);
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      const late = finishSignIn(place, { ...begun, finish: begun.finish ?? "" });
      expect(await outcome(late)).toBe("refused");
      expect(await outcome(served.api().user.recover.mutate(sent))).toBe("refused");
      expect(await signIn(place, ALICE, OLD)).not.toBeNull();
    });

    it("makes them sign in as if nobody had that address", async () => {
      const before = await startSignIn(place, ALICE, OLD);
      const unknown = await startSignIn(place, "eve@example.com", OLD);
      await setSuspended(db, alice.userId, true);
      const [one, two] = [await startSignIn(place, ALICE, OLD), await startSignIn(place, ALICE, OLD)];
      expect(one.finish).toBeNull();
      expect(one.loginId).toBe(two.loginId);
      expect(one.loginId).not.toBe(before.loginId);
      expect(one.loginId.length).toBe(unknown.loginId.length);
    });

    it("leaves others alone, and is told in words", async () => {
      const bob = await join("bob@example.com");
      expect(await saySuspended(db, " BOB@example.com", true)).toMatchObject({ ok: true });
      expect(await outcome(bob.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
      expect(await saySuspended(db, "bob@example.com", true)).toEqual({
        ok: false,
        error: "bob@example.com is suspended already.",
      });
      expect(await saySuspended(db, "eve@example.com", true)).toEqual({
        ok: false,
        error: "Nobody here has the address eve@example.com. `admin users` lists who is here.",
      });
      expect(await saySuspended(db, ALICE, false)).toMatchObject({ ok: false });
      expect(await saySuspended(db, "bob@example.com", false)).toMatchObject({ ok: true });
      expect(await signIn(place, "bob@example.com", OLD)).not.toBeNull();
    });
  });

  describe("signing somebody out everywhere", () => {
    it("ends every session of theirs, and lets them sign in again", async () => {
      const another = await signIn(place, ALICE, OLD);
      const bob = await join("bob@example.com");
      expect(await sayEndedSessions(db, ALICE)).toMatchObject({ ok: true });
      for (const api of [alice.api, another?.api])
        expect(await outcome(api?.user.self.query() ?? Promise.resolve())).toBe("UNAUTHORIZED");
      expect(await outcome(bob.api.user.self.query())).toBe("ok");
      expect(await saySessions(db, ALICE, Date.now())).toMatchObject({
        value: `${ALICE} is signed in nowhere.`,
      });
      expect(await signIn(place, ALICE, OLD)).not.toBeNull();
      for (const say of [sayEndedSessions(db, "eve@example.com"), saySessions(db, "eve@example.com", 0)])
        expect(await say).toMatchObject({ ok: false, error: expect.stringContaining("eve@example.com") });
    });
  });

  describe("beginning anew, with nothing left", () => {
    it("makes another user under the same address; the old one is gone for good, and groups still list them", async () => {
      const log = await newLog({
        id: alice.userId,
        signing: alice.signing,
        opening: alice.signing,
        sig: bytesToBase64url(alice.signing.publicKey),
        enc: (await newPerson()).enc,
      });
      const [link] = log.links;
      if (!link) throw Error("no first link");
      const seals = [{ user: alice.userId, sealed: bytesToBase64url(random(80)) }];
      await alice.api.group.append.mutate({ link, seals });

      const token = await resetToken();
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
      const anew = await register(place, { email: ALICE, password: NEW, token });
      expect(anew.userId).not.toBe(alice.userId);
      expect(await anew.api.user.self.query()).toMatchObject({ userId: anew.userId, email: ALICE, ver: 1 });
      expect(await outcome(alice.api.user.self.query())).toBe("UNAUTHORIZED");
      expect(await signIn(place, ALICE, OLD)).toBeNull();
      expect(await outcome(openRecovery(place, ALICE, alice.recoveryKey, OLD))).toBe("refused");
      // What they were a member of they are not: the log knows people by user id and key.
      expect(await anew.api.group.heads.query()).toEqual([]);
      const members = await db.selectFrom("group_member").select(["user_id", "left_n"]).execute();
      expect(members).toEqual([{ user_id: alice.userId, left_n: null }]);
      // The old user is not to be had back: not by letting them in again, and not under another name.
      await setSuspended(db, alice.userId, false);
      const old = await db.selectFrom("user").selectAll().where("user_id", "=", alice.userId).execute();
      expect(old).toMatchObject([{ suspended: 1, replaced_by: anew.userId }]);
      expect(old[0]?.email).not.toContain("@");
    });

    it("says under which address, and takes no other", async () => {
      await join("bob@example.com");
      const token = await resetToken();
      for (const email of ["bob@example.com", "eve@example.com"])
        expect(await outcome(register(place, { email, password: NEW, token }))).toBe("another-address");
      expect(await outcome(alice.api.user.self.query())).toBe("ok");
      const anew = await register(place, { email: "Alice@Example.com", password: NEW, token });
      expect(await anew.api.user.self.query()).toMatchObject({ email: ALICE });
    });

    it("takes each code once, the last one alone, and none of somebody who is suspended", async () => {
      const first = await resetToken();
      const second = await resetToken();
      const attempt = (token: string) => outcome(register(place, { email: ALICE, password: NEW, token }));
      expect(await attempt(first)).toBe("refused");
      await setSuspended(db, alice.userId, true);
      const said = await sayReset(
        db,
        ALICE,
        async () => ({ code: "CS1-CODE", register: random(32) }),
        Date.now(),
      );
      expect(said).toMatchObject({ ok: false, error: expect.stringContaining("admin unsuspend") });
      await setSuspended(db, alice.userId, false);
      expect(await attempt(second)).toBe("refused");
      const third = await resetToken();
      expect(await attempt(third)).toBe("ok");
      expect(await attempt(third)).toBe("refused");
    });

    it("is done by one of two who have the code at once", async () => {
      const token = await resetToken();
      const seen = await Promise.all(
        [1, 2].map(() => outcome(register(place, { email: ALICE, password: NEW, token }))),
      );
      const made = await db.selectFrom("user").selectAll().where("email", "=", ALICE).execute();
      expect(made).toHaveLength(1);
      expect(seen.filter((said) => said === "ok")).toHaveLength(1);
    });
  });

  describe("the list of users", () => {
    it("says who is here, since when, on how many devices, and who was replaced by whom", async () => {
      const now = Date.now();
      await signIn(place, ALICE, OLD);
      const bob = await join("bob@example.com");
      await setSuspended(db, bob.userId, true);
      const old = await join("eve@example.com");
      const token = await resetToken(old.userId);
      const eve = await register(place, { email: "eve@example.com", password: NEW, token });
      const said = await sayUsers(db, now);
      const rows = (said.ok ? said.value : "").split("\n").map((line) => line.split("\t"));
      const since = new Date(now).toISOString().slice(0, 10);
      expect(rows).toEqual([
        ["address", "id", "since", "sessions", "factors", "state"],
        [ALICE, alice.userId, since, "2", "0", "administrator"],
        ["bob@example.com", bob.userId, since, "0", "0", "suspended"],
        ["-", old.userId, since, "0", "0", `replaced by ${eve.userId}`],
        ["eve@example.com", eve.userId, since, "1", "0"],
      ]);
      expect(await sayUsers(db, now + 8 * 24 * 60 * 60_000)).toMatchObject({
        value: expect.stringContaining(`${ALICE}\t${alice.userId}\t${since}\t0`),
      });
      expect(await saySessions(db, ALICE, now)).toMatchObject({
        value: expect.stringMatching(/^signed in\t.*(\n\d{4}-\d\d-\d\d \d\d:\d\d UTC\t.*UTC){2}$/),
      });
    });
  });
});
