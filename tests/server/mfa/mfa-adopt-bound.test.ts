import { beforeEach, describe, expect, it } from "vitest";
import { adoptBound } from "../../../server/mfa/bindings/adopt-bound.ts";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { resetFactors } from "../../../server/mfa/flow/reset.ts";
import { type Mfa, makeMfa } from "../../../server/mfa/mfa.ts";
import type { Kept } from "../../../server/mfa/module.ts";
import { anyKind } from "../../../server/mfa/registry.ts";
import { findSession } from "../../../server/sessions/session.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { configWith } from "../served.ts";
import { aliceAtServer, signInAgain } from "./alice-at-server.ts";
import { insecureExampleKind } from "./insecure-example-module.ts";
import { done, showPin } from "./with-factor.ts";

const PIN = "1234";

onBothDatabases(({ open }) => {
  // The server knows of nobody's PIN from outside: there the tests ask by themselves.
  const at = aliceAtServer(open, { modules: [{ kind: "insecure_example", strength: "strong" }] });
  /** What the system outside answers, one after the other. */
  let answers: Promise<Kept | null>[];
  let asked: number;
  let mfa: Mfa;

  beforeEach(async () => {
    [answers, asked] = [[], 0];
    const asking: typeof insecureExampleKind = {
      ...insecureExampleKind,
      make: (settings, site) => ({
        ...insecureExampleKind.make(settings, site),
        findBound: () => {
          asked++;
          return answers.shift() ?? Promise.resolve(null);
        },
      }),
    };
    const said = parseMfaConfig('{"modules":[{"kind":"asking","strength":"strong"}]}', {
      asking: anyKind(asking),
    });
    if (!said.ok) throw Error(said.error.join());
    mfa = await makeMfa(said.value, at.server.served.secret, configWith(), () => {});
  });

  /** A session of alice's, as far as to asking who knows her. */
  async function arrive(answer: Promise<Kept | null>): Promise<void> {
    const { token } = await signInAgain(at);
    const session = await findSession(at.db, token, Date.now());
    if (session === null) throw Error("a session that has just begun is gone");
    answers.push(answer);
    await adoptBound(at.db, mfa, { session, address: "192.0.2.1", languages: [] }, Date.now());
  }

  const bound = () => arrive(Promise.resolve({ pin: PIN }));
  const factors = () => at.db.selectFrom("factor").select(["id", "name"]).execute();
  const whats = async () => {
    const rows = await at.db.selectFrom("activity").select(["what", "by_user"]).execute();
    return rows.map(({ what, by_user }) => `${what} by ${by_user === null ? "nobody" : "alice"}`).sort();
  };
  const counted = async () =>
    (await at.db.selectFrom("user").select("factors").execute()).map((row) => row.factors);

  /** A sign-in whose question has been asked, and whose answer is on its way until it is let go. */
  async function onItsWay() {
    const { promise, resolve } = Promise.withResolvers<Kept | null>();
    const arriving = arrive(promise);
    await expect.poll(() => asked).toBe(1);
    return { arriving, answer: () => resolve({ pin: PIN }) };
  }

  describe("whoever is bound at a system outside", () => {
    it("has one factor of it, however many sign-ins ask at once", async () => {
      await Promise.all([bound(), bound(), bound()]);
      expect(await factors()).toMatchObject([{ name: null }]);
      expect(await counted()).toEqual([1]);
      expect(await whats()).toEqual(["added by nobody"]);
    });

    it("is asked for it in sessions too that began when nobody could be asked", async () => {
      const { api } = await signInAgain(at);
      await arrive(Promise.resolve(null));
      expect(await outcome(api.group.heads.query())).toBe("ok");
      await bound();
      expect(await outcome(api.group.heads.query())).toBe("factor-needed");
      // And goes on being asked for it, whatever is answered from then on.
      await arrive(Promise.resolve(null));
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
    });

    it("has it back after removing it here, by an answer that was on its way too, and is told each time", async () => {
      const late = await onItsWay();
      await bound();
      const { api } = await signInAgain(at);
      const [factor] = await factors();
      const { token } = done(await showPin(api, factor?.id ?? "", PIN));
      const removed = at.server.place
        .api(token)
        .mfa.unenroll.mutate({ factorId: factor?.id ?? "", evenLast: true });
      done(await removed);
      expect(await counted()).toEqual([0]);
      late.answer();
      await late.arriving;
      expect(await counted()).toEqual([1]);
      expect(await whats()).toEqual(["added by nobody", "added by nobody", "removed by alice"]);
      expect((await factors())[0]?.id).not.toBe(factor?.id);
      // What was shown of the one before is no proof of this one.
      expect((await signInAgain(at)).lacks).toBe("factor-needed");
    });

    it("has it back after a reset in the meantime, told as well", async () => {
      const late = await onItsWay();
      await bound();
      await resetFactors(at.db, { mailer: null }, { userId: at.alice.userId, by: null }, Date.now());
      late.answer();
      await late.arriving;
      await bound();
      expect(await counted()).toEqual([1]);
      expect(await whats()).toEqual([
        "added by nobody",
        "added by nobody",
        "reset-by-administrator by nobody",
      ]);
    });
  });
});
