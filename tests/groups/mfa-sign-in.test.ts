import { describe, expect, test } from "vitest";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import { err } from "../../shared/result.ts";
import { wrongCodeOf } from "../server/mfa/authenticator.ts";
import { value } from "./device.ts";
import { onLine } from "./network.ts";
import { newOwnDevice, type OwnDevice } from "./own-device.ts";
import { CODE_FORM, cancelling, later, setUpAuthenticator, showing, withClock } from "./own-factors.ts";
import { connected, dumpOf, EMAIL, eachWithAlice, FIRST, kitOn, secretsOn } from "./own-world.ts";

const world = eachWithAlice('{ "ask": "new-device" }');
withClock();

const again = (device: OwnDevice, show?: Parameters<OwnDevice["again"]["signInAgain"]>[3]) =>
  device.again.signInAgain(world().serverId, FIRST, {}, show);
const sessions = () =>
  world()
    .db.selectFrom("session")
    .selectAll()
    .execute()
    .then((rows) => rows.length);

describe("signing in with a second factor", () => {
  test("asks for it before one's own keys are opened, and is remembered by the device then", async () => {
    const { first, serverId } = world();
    const phone = await setUpAuthenticator(first, serverId);
    const { token, device } = await secretsOn(first, serverId);
    expect(device).toMatch(/^[\w-]{43}$/);
    value(await first.sync.syncServer(serverId));

    const second = await newOwnDevice(FIRST);
    const show = showing(second, phone);
    const wish = { origin: world().served.origin, email: EMAIL, passphrase: FIRST, kit: world().kit };
    value(await second.connect.connectWithKit(wish, Date.now(), show));
    expect(show.asked.map(({ lacks, isForChange }) => ({ lacks, isForChange }))).toEqual([
      { lacks: "factor-needed", isForChange: false },
    ]);
    const kept = await secretsOn(second, serverId);
    expect(kept.bundle).toEqual((await secretsOn(first, serverId)).bundle);
    expect([kept.token, kept.device]).not.toContain(token);
    value(await second.sync.syncServer(serverId));

    await second.sessions.signOut(serverId);
    value(await again(second));
    value(await second.sync.syncServer(serverId));
  });

  test("cancelled, it leaves no session behind, writes nothing, and the session before stays", async () => {
    const { first, serverId } = world();
    await setUpAuthenticator(first, serverId);
    const second = await newOwnDevice(FIRST);
    const before = [await dumpOf(second), await dumpOf(first), await sessions()];
    const wish = { origin: world().served.origin, email: EMAIL, passphrase: FIRST, kit: world().kit };
    const connect = (show: typeof cancelling) => second.connect.connectWithKit(wish, Date.now(), show);
    expect(await connect(cancelling)).toEqual(err("factor-cancelled"));
    expect(await second.connect.connectWithKit(wish)).toEqual(err("factor-needed"));
    expect(await first.newKit.makeNewKit(serverId, FIRST, cancelling)).toEqual(err("factor-cancelled"));
    expect([await dumpOf(second), await dumpOf(first), await sessions()]).toEqual(before);
    value(await first.sync.syncServer(serverId));
  });

  test("a wrong code says so and lets the person try again in the same session", async () => {
    const { first, serverId } = world();
    const phone = await setUpAuthenticator(first, serverId);
    await first.keep.changeServer(serverId, (secrets) => ({ ...secrets, device: null }));
    const said: unknown[] = [];
    const right = showing(first, phone);
    value(
      await again(first, async (half) => {
        const code = wrongCodeOf(phone.secret, Date.now());
        const proof = { form: CODE_FORM, input: { code } };
        said.push(await first.factors.challengeAndVerify(half, phone.factorId, proof, []));
        return right(half);
      }),
    );
    expect(said).toEqual([err({ reason: "wrong-code" })]);
  });

  test("what changes the person's own keys asks for it even on a device that is remembered, once", async () => {
    const { first, serverId } = world();
    const phone = await setUpAuthenticator(first, serverId);
    later(60 * 60_000);
    value(await first.unlock.unlock(FIRST, Date.now()));
    const show = showing(first, phone);
    const before = await sessions();
    value(await first.newKit.makeNewKit(serverId, FIRST, show));
    expect(show.asked).toMatchObject([{ lacks: "factor-needed", isForChange: true }]);
    expect(await sessions()).toBe(before);
    value(await first.kit.checkKit(serverId, await kitOn(first, serverId)));
    const other = `other ${FIRST}`;
    value(
      await first.everywhere.changePassphraseEverywhere(
        { old: FIRST, next: other },
        { showFactor: showing(first, phone) },
      ),
    );
    expect((await secretsOn(first, serverId)).hasVaultPassphrase).toBe(true);
    value(
      await first.email.changeEmail(
        serverId,
        { email: "alice.smith@example.com", passphrase: other },
        showing(first, phone),
      ),
    );
    value(await first.replace.replaceOwnKeys(serverId, other, {}, showing(first, phone)));
    value(await first.sync.syncServer(serverId));
  });

  test("whoever comes back with the kit has everything, and is signed in once a factor was shown", async () => {
    const { first, serverId, kit } = world();
    const phone = await setUpAuthenticator(first, serverId);
    const wish = { origin: world().served.origin, email: EMAIL, kit, passphrase: "third words of hers" };
    const third = await newOwnDevice(wish.passphrase);
    const back = value(await third.recover.recoverWithKit(wish, Date.now, cancelling));
    expect(back).toEqual({ serverId, isSignedIn: false });
    expect(await sessions()).toBe(0);
    const kept = await secretsOn(third, serverId);
    expect(kept).toMatchObject({ token: null, hasVaultPassphrase: true });
    expect(await kitOn(third, serverId)).not.toBe(kit);
    value(await third.again.signInAgain(serverId, wish.passphrase, {}, showing(third, phone)));
    value(await third.sync.syncServer(serverId));

    const fourth = await newOwnDevice(wish.passphrase);
    const once = { ...wish, kit: await kitOn(third, serverId) };
    const shown = await fourth.recover.recoverWithKit(once, Date.now, showing(fourth, phone));
    expect(value(shown).isSignedIn).toBe(true);
    value(await fourth.sync.syncServer(serverId));
  });
});

describe("a session that goes on under another token", () => {
  test("goes on in a page and a worker that have the former one", async () => {
    const { first, serverId } = world();
    const phone = await setUpAuthenticator(first, serverId);
    const session = value(await first.factorSession.ownFactorSession(serverId));
    const former = (await secretsOn(first, serverId)).token;
    const proof = () => ({ form: CODE_FORM, input: { code: phone.next() } });
    const connection = value(await first.connection.openConnection(serverId));
    value(await first.factors.challengeAndVerify(session, phone.factorId, proof(), []));
    expect((await secretsOn(first, serverId)).token).not.toBe(former);
    // One that read the token before goes on with it.
    await connection.api.user.self.query();
    // Both at once: whoever is refused waits until the next token is there.
    const sync = () => first.sync.syncServer(serverId);
    const shown = first.factors.challengeAndVerify(session, phone.factorId, proof(), []);
    const others = await Promise.all([sync(), first.factors.listFactors(session), sync()]);
    value(await shown);
    for (const other of others) value(other as { ok: true; value: unknown });
    expect((await secretsOn(first, serverId)).token).not.toBeNull();
  });

  test("an answer that is lost costs the session, and nothing else", async () => {
    const { first, serverId } = world();
    const phone = await setUpAuthenticator(first, serverId);
    const session = value(await first.factorSession.ownFactorSession(serverId));
    const proof = { form: CODE_FORM, input: { code: phone.next() } };
    const lost = await onLine.run(
      (url) => (url.includes("mfa.challengeAndVerify") ? "lost-answer" : "up"),
      () => first.factors.challengeAndVerify(session, phone.factorId, proof, []),
    );
    expect(lost.ok).toBe(false);
    expect(await first.factors.listFactors(session)).toEqual(err("signed-out"));
    expect((await secretsOn(first, serverId)).token).toBeNull();
    // The device is remembered by what it had, or asked: either way she is in again.
    value(await again(first, showing(first, phone)));
    value(await first.sync.syncServer(serverId));
  });
});

test("a device that was signed in before says that a factor is wanted, and goes on once it was shown there", async () => {
  const { first, serverId } = world();
  const second = await connected(world(), { vault: FIRST, passphrase: FIRST, kit: world().kit });
  const phone = await setUpAuthenticator(first, serverId);
  expect(await second.sync.syncServer(serverId)).toEqual(err("factor-needed"));
  const session = value(await second.factorSession.ownFactorSession(serverId));
  const proof = { form: CODE_FORM, input: { code: phone.next() } };
  value(await second.factors.challengeAndVerify(session, phone.factorId, proof, []));
  value(await second.sync.syncServer(serverId));
});

test("on a device that is remembered people are changed once a factor was shown, and groups go on without", async () => {
  const { first, serverId } = world();
  const phone = await setUpAuthenticator(first, serverId);
  await first.sessions.signOut(serverId);
  value(await again(first));
  const g = value(await first.create.createGroup(serverId, "Cloud"));
  const invite = () => first.invite.invite(g, { email: "bob@example.com", role: "editor" });
  const close = () => first.members.closeGroup(g);
  expect(await invite()).toEqual(err("factor-needed"));
  expect(await close()).toEqual(err("factor-needed"));
  value(await first.sync.syncServer(serverId));
  const session = value(await first.factorSession.ownFactorSession(serverId));
  const proof = { form: CODE_FORM, input: { code: phone.next() } };
  value(await first.factors.challengeAndVerify(session, phone.factorId, proof, []));
  value(await invite());
  value(await close());
});

describe("when every factor is lost", () => {
  test("the kit has them removed after the wait, in a session that can do nothing else", async () => {
    const { first, serverId, kit } = world();
    await setUpAuthenticator(first, serverId);
    await first.sessions.signOut(serverId);
    await first.keep.changeServer(serverId, (secrets) => ({ ...secrets, device: null }));
    const { askReset, finishReset } = first.factorReset;
    const said: unknown[] = [];
    const ask: typeof cancelling = async (half) => {
      const another = await formatKit(new Uint8Array(20));
      said.push(await askReset(half, another), await askReset(half, kit.slice(0, 20)));
      said.push(value(await askReset(half, kit)).dueAt > Date.now());
      said.push(await finishReset(half, kit));
      return err("factor-cancelled");
    };
    expect(await again(first, ask)).toEqual(err("factor-cancelled"));
    expect(said).toEqual([err("reset-kit"), err("kit-incomplete"), true, err("reset-too-early")]);
    later(8 * 24 * 60 * 60_000);
    value(await first.unlock.unlock(FIRST, Date.now()));
    value(
      await again(first, async (half) => {
        value(await finishReset(half, kit));
        return { ok: true, value: undefined };
      }),
    );
    value(await first.sync.syncServer(serverId));
    const session = value(await first.factorSession.ownFactorSession(serverId));
    expect(value(await first.factors.listFactors(session))).toEqual([]);
  });
});
