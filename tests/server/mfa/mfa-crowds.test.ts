import { beforeEach, describe, expect, it } from "vitest";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { beginChallenge, type Caller } from "../../../server/mfa/flow/challenge.ts";
import { enroll } from "../../../server/mfa/flow/enroll.ts";
import { verifyFactor } from "../../../server/mfa/flow/verify.ts";
import { type Mfa, makeMfa } from "../../../server/mfa/mfa.ts";
import { anyKind } from "../../../server/mfa/registry.ts";
import { endSessions, findSession } from "../../../server/sessions/session.ts";
import { onBothDatabases } from "../databases.ts";
import { configWith } from "../served.ts";
import { aliceAtServer, DAY, later, signInAgain } from "./alice-at-server.ts";
import { insecureExampleKind } from "./insecure-example-module.ts";
import { done, whyNot } from "./with-factor.ts";

const HOME = "192.0.2.7";
/** The next address of the same network. */
const AT_HOME = "192.0.2.200";
const ELSEWHERE = "198.51.100.7";
const THIEF = "203.0.113.5";

/** The example, as if it sent its PIN by a message. */
const sendingKind: typeof insecureExampleKind = {
  ...insecureExampleKind,
  make: (settings, site) => ({ ...insecureExampleKind.make(settings, site), sends: true }),
};

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);
  let mfa: Mfa;
  let factorId: string;

  /** Whoever has alice's password, and has just begun a session with it from that address. */
  async function whoeverAt(address: string): Promise<Caller> {
    const { token } = await signInAgain(at);
    const session = await findSession(at.db, token, Date.now());
    if (session === null) throw Error("a session that has just begun is gone");
    return { session, address, languages: [] };
  }

  const said = <T extends object, E extends object>(
    result: { ok: true; value: T } | { ok: false; error: E },
  ) => (result.ok ? result.value : { refused: result.error });

  async function challenge(caller: Caller) {
    return said(await beginChallenge(at.db, mfa, caller, factorId, Date.now()));
  }

  async function show(caller: Caller, pin: string) {
    const { challengeId } = done(await challenge(caller));
    const answer = { factorId, challengeId, proof: { pin }, device: null };
    return said(await verifyFactor(at.db, mfa, caller, answer, Date.now()));
  }

  /** Alice has a factor that sends something, and has shown it at home. */
  beforeEach(async () => {
    const kinds = { sending: anyKind(sendingKind) };
    const config = parseMfaConfig('{"modules":[{"kind":"sending"}]}', kinds);
    if (!config.ok) throw Error(config.error.join());
    mfa = await makeMfa(config.value, at.server.served.secret, configWith(), () => {});
    const caller = await whoeverAt(HOME);
    const wish = { module: "insecure_example", name: null, input: { pin: "1234" } };
    const begun = done(said(await enroll(at.db, mfa, caller, wish, Date.now())));
    const answer = { ...begun, proof: { pin: "1234" }, device: null };
    done(said(await verifyFactor(at.db, mfa, caller, answer, Date.now())));
    factorId = begun.factorId;
    later(DAY);
  });

  /** Guesses from there until it is to be waited. */
  async function guess(address: string): Promise<void> {
    const thief = await whoeverAt(address);
    let { challengeId } = done(await challenge(thief));
    for (;;) {
      const answer = { factorId, challengeId, proof: { pin: "0000" }, device: null };
      const verified = await verifyFactor(at.db, mfa, thief, answer, Date.now());
      if (verified.ok) throw Error("a wrong one was taken");
      if (verified.error.reason === "wait") return;
      if (verified.error.reason === "challenge-over") challengeId = done(await challenge(thief)).challengeId;
    }
  }

  /** Has messages sent from there until there are no more. */
  async function useUp(address: string): Promise<number> {
    const thief = await whoeverAt(address);
    for (let sent = 0; ; sent++) if (whyNot(await challenge(thief)) === "wait") return sent;
  }

  describe("whoever has the password, and sits elsewhere", () => {
    it("keeps nobody from showing theirs in a network where they have shown one", async () => {
      await guess(THIEF);
      expect(await whyOf(THIEF)).toBe("wait");
      expect(await whyOf(ELSEWHERE)).toBe("wait");
      expect(await whyOf(AT_HOME)).toBe(null);
      // Being right there ends no wait that others have.
      expect(await whyOf(THIEF)).toBe("wait");
    });

    it("can't use up the messages that are sent to such a network, and those to all others together", async () => {
      expect(await useUp(THIEF)).toBe(6);
      expect(whyNot(await challenge(await whoeverAt(ELSEWHERE)))).toBe("wait");
      expect(await whyOf(AT_HOME)).toBe(null);
    });
  });

  it("a network is one's own for ninety days, and until the password changes", async () => {
    later(88 * DAY);
    await guess(THIEF);
    expect(await whyOf(AT_HOME)).toBe(null);
    later(91 * DAY);
    await guess(THIEF);
    expect(await whyOf(AT_HOME)).toBe("wait");
    later(DAY);
    expect(await whyOf(AT_HOME)).toBe(null);
    await at.db.transaction().execute((trx) => endSessions(trx, at.alice.userId));
    await guess(THIEF);
    expect(await whyOf(AT_HOME)).toBe("wait");
  });

  it("of a network only a hash is kept, to the day", async () => {
    const rows = () => at.db.selectFrom("known_network").selectAll().execute();
    const [first, ...others] = await rows();
    expect(others).toEqual([]);
    expect(first?.network).toMatch(/^[A-Za-z0-9_-]{43}$/);
    later(1);
    done(await show(await whoeverAt(AT_HOME), "1234"));
    expect(await rows()).toEqual([{ ...first, at: Date.now() }]);
    later(DAY / 2);
    done(await show(await whoeverAt(HOME), "1234"));
    expect((await rows())[0]?.at).toBe(Date.now() - DAY / 2);
  });

  /** Why the right PIN is not taken from there; null: it is. */
  async function whyOf(address: string): Promise<string | null> {
    const caller = await whoeverAt(address);
    const begun = await challenge(caller);
    if ("refused" in begun) return whyNot(begun);
    const answer = { factorId, challengeId: begun.challengeId, proof: { pin: "1234" }, device: null };
    return whyNot(said(await verifyFactor(at.db, mfa, caller, answer, Date.now())));
  }
});
