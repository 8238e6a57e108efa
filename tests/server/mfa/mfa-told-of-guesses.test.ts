import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { endSessions } from "../../../server/sessions/session.ts";
import { onBothDatabases } from "../databases.ts";
import type { Api } from "../served.ts";
import { aliceAtServer, DAY, later, MINUTE, serveAgain, signInAgain } from "./alice-at-server.ts";
import { readMail, receiveMail } from "./mail-server.ts";
import { plain } from "./mailer-with.ts";
import { beginSetUp, done, setUpPin, showPin, whyNot } from "./with-factor.ts";

const mailServer = await receiveMail({ hideSTARTTLS: true });
afterAll(() => mailServer.close());
beforeEach(() => mailServer.mails.splice(0));

const MAIL = { ...plain(mailServer.port), from: "codes@example.com" };
const [PIN, WRONG] = ["1234", "4321"];
const WARNING = "Somebody may have your passphrase";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open, { mail: MAIL, modules: [{ kind: "insecure_example", strength: "strong" }] });

  /** Is wrong so often, and waits as long as the server says. */
  async function guess(api: Api, factorId: string, times: number): Promise<void> {
    for (let wrong = 0; wrong < times; ) {
      const answer = await showPin(api, factorId, WRONG);
      const refused = "refused" in answer ? answer.refused : null;
      if (refused?.reason === "wrong-code") wrong++;
      else if (refused?.reason === "wait") later(refused.seconds * 1_000);
      else throw Error(`guessing came to ${refused?.reason}`);
    }
  }

  /** How often alice was told of it in the list of what was done. */
  async function told(): Promise<number> {
    const rows = await at.db.selectFrom("activity").selectAll().where("what", "=", "guessed").execute();
    return rows.length;
  }

  const warnings = () =>
    mailServer.mails
      .map(({ raw, to }) => ({ to, ...readMail(raw) }))
      .filter(({ headers }) => headers.get("subject")?.includes(WARNING));

  describe("whoever is guessed at", () => {
    it("is told with the twelfth wrong answer, by mail and in the list, what it means and what to do", async () => {
      const { factorId, token } = await setUpPin(at.alice.api, PIN);
      const thief = await signInAgain(at);
      await guess(thief.api, factorId, 11);
      expect(await told()).toBe(0);
      await guess(thief.api, factorId, 1);
      const [latest] = await at.server.place.api(token).mfa.activity.query();
      expect(latest).toMatchObject({
        what: "guessed",
        userId: at.alice.userId,
        byUser: null,
        at: Date.now(),
      });
      const sessions = await at.server.place.api(token).user.sessions.query();
      expect(sessions.map(({ isThisOne, lacksFactor }) => [isThisOne, lacksFactor]).sort()).toEqual([
        [false, true],
        [true, false],
      ]);
      await expect.poll(warnings).toHaveLength(1);
      const [mail] = warnings();
      expect(mail?.to).toEqual(["alice@example.com"]);
      expect(mail?.text).toContain("change it now");
      expect(mail?.text).toContain("更改");
    });

    it("is told once a spell, however long it lasts and whatever they show meanwhile, and of the next one again", async () => {
      const { factorId } = await setUpPin(at.alice.api, PIN);
      for (let days = 0; days < 2; days++) {
        const thief = await signInAgain(at);
        await guess(thief.api, factorId, 13);
        later(DAY);
        done(await showPin((await signInAgain(at)).api, factorId, PIN));
      }
      expect(await told()).toBe(1);
      later(8 * DAY);
      await guess((await signInAgain(at)).api, factorId, 11);
      expect(await told()).toBe(1);
      await guess((await signInAgain(at)).api, factorId, 1);
      expect(await told()).toBe(2);
      await expect.poll(warnings).toHaveLength(2);
    }, 60_000);

    it("is told again once they have changed the passphrase: that one is known, too", async () => {
      const { factorId } = await setUpPin(at.alice.api, PIN);
      await guess((await signInAgain(at)).api, factorId, 12);
      await at.db.transaction().execute((trx) => endSessions(trx, at.alice.userId));
      await guess((await signInAgain(at)).api, factorId, 12);
      expect(await told()).toBe(2);
    });

    it("is told though whoever guesses shows one between that lets nobody in, and makes no place known by it", async () => {
      const strong = { kind: "insecure_example", strength: "strong" };
      const mailbox = { kind: "insecure_example", strength: "weak", id: "mailbox" };
      await serveAgain(at, { mail: MAIL, modules: [strong, mailbox], weakCountsForSignIn: false });
      const first = await setUpPin(at.server.place.api(at.alice.token), PIN);
      const weak = await setUpPin(at.server.place.api(first.token), PIN, "mailbox");
      await at.db.deleteFrom("known_network").execute();
      for (let times = 0; times < 6; times++) {
        const { api } = await signInAgain(at);
        await guess(api, first.factorId, 3);
        done(await showPin(api, weak.factorId, PIN));
        later(20 * MINUTE);
      }
      expect(await told()).toBe(1);
      expect(await at.db.selectFrom("known_network").selectAll().execute()).toEqual([]);
    });

    it("is told though they sign in every day themselves", async () => {
      const { factorId } = await setUpPin(at.alice.api, PIN);
      for (let days = 0; days < 4; days++) {
        await guess((await signInAgain(at)).api, factorId, 6);
        later(DAY / 2);
        done(await showPin((await signInAgain(at)).api, factorId, PIN));
        later(DAY / 2);
      }
      expect(await told()).toBe(1);
    });
  });

  describe("nobody is told", () => {
    it("of slips: three before each right one, day after day", async () => {
      const { factorId } = await setUpPin(at.alice.api, PIN);
      for (let days = 0; days < 8; days++) {
        const { api } = await signInAgain(at);
        await guess(api, factorId, 3);
        done(await showPin(api, factorId, PIN));
        later(DAY);
      }
      expect(await told()).toBe(0);
    }, 60_000);

    it("of what is wrong where a factor was shown, or while one is set up", async () => {
      const { factorId, token } = await setUpPin(at.alice.api, PIN);
      const mine = at.server.place.api(token);
      await guess(mine, factorId, 13);
      later(20 * MINUTE);
      done(await showPin((await signInAgain(at)).api, factorId, PIN));
      await at.db.deleteFrom("factor_guessing").execute();
      const bob = await at.server.join("bob@example.com");
      const begun = await beginSetUp(bob.api, "insecure_example", { pin: PIN });
      await guess(bob.api, begun.factorId, 13);
      expect(await told()).toBe(0);
      expect(await at.db.selectFrom("factor_guessing").selectAll().execute()).toEqual([]);
    });

    it("of what is no answer at all", async () => {
      const { factorId } = await setUpPin(at.alice.api, PIN);
      const { api } = await signInAgain(at);
      const asked = { factorId, challengeId: "none", proof: { pin: WRONG }, languages: [], device: null };
      for (let tries = 0; tries < 14; tries++) {
        expect(whyNot(await api.mfa.verify.mutate(asked))).toMatch(/^(challenge-over|wait)$/);
        later(20 * MINUTE);
      }
      expect(await told()).toBe(0);
    });
  });
});
