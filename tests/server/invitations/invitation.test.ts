import { client } from "@serenity-kit/opaque";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { MOST_TRIES } from "../../../server/invitations/accept.ts";
import { MOST_OPEN } from "../../../server/invitations/offer.ts";
import { bytesToBase64url } from "../../../shared/bytes.ts";
import {
  INVITATION_MS,
  type InvitationKeys,
  invitationKeys,
  openOffer,
  signAcceptance,
  verifyAcceptance,
} from "../../../shared/group/invitation.ts";
import { anyHash, append, type Log, nextLink, type Person, random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { addMember, type Joined, newGroup, sealFor } from "../groups-over-http.ts";
import { outcome } from "../outcome.ts";
import { type Served, serve } from "../served.ts";
import { newOffer } from "./offers.ts";

onBothDatabases(({ open }) => {
  let db: Database;
  let served: Served;
  let alice: Joined;
  let bob: Joined;
  let log: Log;

  beforeEach(async () => {
    db = await open();
    served = await serve(db);
    [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    log = await newGroup(alice);
  });
  afterEach(() => served?.close());

  const g = () => log.known.core?.g ?? "";

  const offerBy = (inviter: Joined, until?: number) =>
    newOffer(inviter, { log, serverId: served.secret.serverId, until });

  async function invited(inviter = alice) {
    const made = await offerBy(inviter);
    await inviter.api.invitation.offer.mutate(made.request);
    return made;
  }

  async function answerOf(person: Person, keys: InvitationKeys, patch: object = {}) {
    const { id, sig, enc } = person;
    const said = { g: g(), h: log.known.core?.head ?? "", id, sig, enc, email: "bob@example.com", ...patch };
    return { id: keys.id, ...(await signAcceptance(person.signing, keys, said)) };
  }

  const NONE = "no-invitation";

  it("a group that is closed invites nobody, and lets nobody register", async () => {
    const made = await offerBy(alice);
    await alice.api.group.append.mutate({ link: await nextLink(log, alice, "close", {}), seals: [] });
    expect(await outcome(alice.api.invitation.offer.mutate(made.request))).toBe("refused");
    expect(
      await db.selectFrom("registration_token").select("until").where("used_at", "is", null).execute(),
    ).toEqual([]);
  });

  it("somebody reads what they are offered, accepts, and is made a member by the inviter's device", async () => {
    const { keys, offer } = await invited();
    expect(await openOffer(keys, await bob.api.invitation.read.query({ id: keys.id }), Date.now())).toEqual({
      ok: true,
      value: offer,
    });
    expect(await bob.api.invitation.log.query({ id: keys.id, from: 0 })).toEqual(log.links);
    expect(await bob.api.invitation.rotation.query({ id: keys.id, epoch: 2, h: anyHash() })).toBeNull();
    expect(await alice.api.invitation.pending.query({ g: g() })).toEqual([]);
    const answer = await answerOf(bob, keys);
    await bob.api.invitation.accept.mutate(answer);
    // The answer got lost: the same again is no second use.
    await bob.api.invitation.accept.mutate(answer);

    const [pending, ...others] = await alice.api.invitation.pending.query({ g: g() });
    expect(others).toEqual([]);
    expect(pending).toEqual(answer);
    const verified = await verifyAcceptance(keys, offer, answer, Date.now());
    if (!verified.ok) throw Error(verified.error);
    const { sig, enc } = verified.value;
    const member = { id: verified.value.id, sig, enc, role: offer.role };
    const link = await nextLink(log, alice, "add", { member, invitation: keys.id, pop: answer.pop });
    await alice.api.group.append.mutate({ link, seals: [sealFor(bob.id)] });
    await alice.api.invitation.done.mutate({ id: keys.id });
    expect(await db.selectFrom("invitation").selectAll().execute()).toEqual([]);
    log = await append(log, link);
    expect(await bob.api.group.log.query({ g: g(), from: 0 })).toEqual(log.links);
  });

  it("the holder of a code who is nobody here yet may register once, for as long as it holds", async () => {
    const { keys } = await invited();
    const begin = (of: InvitationKeys) =>
      outcome(
        served.api().user.startRegistration.mutate({
          token: bytesToBase64url(of.register),
          request: client.startRegistration({ password: "four random words" }).registrationRequest,
        }),
      );
    expect(await begin(keys)).toBe("ok");
    expect(await begin(await invitationKeys(random(20)))).toBe("refused");
    // Whoever has accepted is here.
    await bob.api.invitation.accept.mutate(await answerOf(bob, keys));
    expect(await begin(keys)).toBe("refused");

    const revoked = await invited();
    await alice.api.invitation.revoke.mutate({ id: revoked.keys.id });
    expect(await begin(revoked.keys)).toBe("refused");

    const eve = await served.join("eve@example.com");
    log = await addMember(log, alice, eve, "admin");
    const byEve = await invited(eve);
    expect(await begin(byEve.keys)).toBe("ok");
    const demotion = await nextLink(log, alice, "role", { target: eve.id, role: "viewer" });
    await alice.api.group.append.mutate({ link: demotion, seals: [] });
    expect(await begin(byEve.keys)).toBe("refused");
    expect(await outcome(bob.api.invitation.read.query({ id: byEve.keys.id }))).toBe(NONE);
  });

  it("one that is unknown, used, taken back, run out or offered by somebody who may no longer is one and the same", async () => {
    const eve = await served.join("eve@example.com");
    const [used, revoked, late] = [await invited(), await invited(), await invited()];
    await bob.api.invitation.accept.mutate(await answerOf(bob, used.keys));
    await alice.api.invitation.revoke.mutate({ id: revoked.keys.id });
    await db
      .updateTable("invitation")
      .set({ until: Date.now() - 1 })
      .where("id", "=", late.keys.id)
      .execute();
    const unknown = { keys: await invitationKeys(random(20)) };
    for (const { keys } of [unknown, used, revoked, late]) {
      const { id } = keys;
      expect(await outcome(eve.api.invitation.read.query({ id }))).toBe(NONE);
      expect(await outcome(eve.api.invitation.log.query({ id, from: 0 }))).toBe(NONE);
      expect(await outcome(eve.api.invitation.rotation.query({ id, epoch: 1, h: anyHash() }))).toBe(NONE);
      expect(await outcome(eve.api.invitation.accept.mutate(await answerOf(eve, keys)))).toBe(NONE);
      expect(await outcome(eve.api.invitation.revoke.mutate({ id }))).toBe(NONE);
      expect(await outcome(eve.api.invitation.done.mutate({ id }))).toBe(NONE);
    }
    // Not hers, though it is there.
    expect(await alice.api.invitation.pending.query({ g: g() })).toHaveLength(1);
  });

  it("two who accept at once with the same code: one of them has it", async () => {
    const eve = await served.join("eve@example.com");
    const { keys } = await invited();
    const answers = await Promise.all([answerOf(bob, keys), answerOf(eve, keys)]);
    const outcomes = await Promise.all(
      [bob, eve].map(({ api }, at) => outcome(api.invitation.accept.mutate(answers[at] ?? fail()))),
    );
    expect(outcomes.sort()).toEqual([NONE, "ok"]);
    expect(await alice.api.invitation.pending.query({ g: g() })).toHaveLength(1);
  });

  it("an answer that is to something else, or by somebody else, is counted, and after five none is taken", async () => {
    const { keys } = await invited();
    const wrong = [
      await answerOf(bob, keys, { g: "A".repeat(22) }),
      await answerOf(alice, keys),
      { ...(await answerOf(bob, await invitationKeys(random(20)))), id: keys.id },
      { ...(await answerOf(bob, keys)), pop: bytesToBase64url(random(64)) },
      { ...(await answerOf(bob, keys)), body: bytesToBase64url(random(64)) },
    ];
    expect(wrong).toHaveLength(MOST_TRIES);
    for (const answer of wrong) expect(await outcome(bob.api.invitation.accept.mutate(answer))).toBe(NONE);
    expect(await outcome(bob.api.invitation.accept.mutate(await answerOf(bob, keys)))).toBe(NONE);
    const [row] = await db.selectFrom("invitation").selectAll().execute();
    expect(row).toMatchObject({ tries: MOST_TRIES, user_id: null, body: null });
  });

  it("holds for 72 hours at most, whatever the inviter's clock says, and for so many at once", async () => {
    const far = await offerBy(alice, Date.now() + 10 * INVITATION_MS);
    await alice.api.invitation.offer.mutate(far.request);
    // The same again, because the answer got lost; but nobody puts another in its place.
    await alice.api.invitation.offer.mutate(far.request);
    const other = { ...(await offerBy(alice)).request, id: far.keys.id };
    expect(await outcome(alice.api.invitation.offer.mutate(other))).toBe("refused");
    const [listed] = await alice.api.invitation.list.query({ g: g() });
    expect(listed).toMatchObject({ id: far.keys.id, by: alice.id, isAccepted: false });
    expect(listed?.until).toBeLessThanOrEqual(Date.now() + INVITATION_MS);
    const past = await offerBy(alice, Date.now() - 1_000);
    expect(await outcome(alice.api.invitation.offer.mutate(past.request))).toBe("refused");

    const [row] = await db.selectFrom("invitation").selectAll().execute();
    if (!row) throw Error("no invitation");
    const others = Array.from({ length: MOST_OPEN - 2 }, (_, at) => ({ ...row, id: `other-${at}` }));
    await db.insertInto("invitation").values(others).execute();
    const [one, two] = [await offerBy(alice), await offerBy(alice)];
    const outcomes = await Promise.all(
      [one, two].map(({ request }) => outcome(alice.api.invitation.offer.mutate(request))),
    );
    expect(outcomes.sort()).toEqual(["ok", "too-many"]);
  });

  it("is offered and accepted by those alone who have just shown that it is they", async () => {
    const { keys } = await invited();
    await db
      .updateTable("session")
      .set({ signed_in_at: Date.now() - 601_000 })
      .execute();
    const { request } = await offerBy(alice);
    expect(await outcome(alice.api.invitation.offer.mutate(request))).toBe("sign-in-again");
    expect(await outcome(bob.api.invitation.accept.mutate(await answerOf(bob, keys)))).toBe("sign-in-again");
    expect(await outcome(bob.api.invitation.read.query({ id: keys.id }))).toBe("ok");
    for (const api of [served.api(), served.api("x".repeat(43))])
      expect(await outcome(api.invitation.read.query({ id: keys.id }))).toBe("UNAUTHORIZED");
  });
});

function fail(): never {
  throw Error("nothing to send");
}
