import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { settleTries, takeTry } from "../../../server/mfa/flow/waits.ts";
import { endSession } from "../../../server/sessions/session.ts";
import { hashToken } from "../../../server/tokens.ts";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer, later, MINUTE, signInAgain } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpTotp, show, shownAs, whyNot } from "./with-factor.ts";

/** Long enough for a statement to come to the row that it waits for. */
const SENT_MS = 300;
const sent = () => new Promise((resolve) => setTimeout(resolve, SENT_MS));

onBothDatabases(({ kind, open }) => {
  const at = aliceAtServer(open);

  describe("at the same moment", () => {
    it("of two who prove a first factor with the passphrase alone, one has one", async () => {
      const thief = await signInAgain(at);
      const begun = await Promise.all(
        [at.alice.api, thief.api].map(async (api) => ({ api, ...(await beginSetUp(api, "totp")) })),
      );
      const answers = await Promise.all(
        begun.map(({ api, factorId, challengeId, shown }) => {
          const proof = { code: codeOf(shownAs(shown, "totp-secret").secret, Date.now()) };
          const answer = { factorId, challengeId, proof, languages: [], device: null };
          return api.mfa.verify
            .mutate(answer)
            .catch((error: Error) => ({ refused: { reason: error.message } }));
        }),
      );
      expect(answers.filter((answer) => whyNot(answer) === null)).toHaveLength(1);
      const { factors } = await at.db.selectFrom("user").select("factors").executeTakeFirstOrThrow();
      expect(factors).toBe(1);
    });
  });

  // Only there several write at once.
  describe.runIf(kind === "postgres")("rows are taken in one sequence", () => {
    /** Holds rows by a statement until it is let go. */
    async function hold(db: Database, statement: ReturnType<typeof sql>): Promise<() => Promise<void>> {
      const trx = await db.startTransaction().execute();
      await statement.execute(trx);
      return async () => {
        await trx.commit().execute();
      };
    }

    it("by a right answer and a wrong one of one person from two addresses", async () => {
      const crowd = "strange" as const;
      const trier = { userId: "u", factorId: "f", crowd };
      const now = Date.now();
      await takeTry(at.db, { ...trier, address: "192.0.2.1" }, now);
      // Rows stand in the table in any sequence, as there is room: here the one that is counted first comes last.
      await sql`delete from mfa_wait where name = 'user u strange'`.execute(at.db);
      await sql`insert into mfa_wait values ('user u strange', 1, ${now}, ${now})`.execute(at.db);
      const letGo = await hold(at.db, sql`select 1 from mfa_wait where name = 'factor f strange' for update`);
      const right = at.db
        .transaction()
        .execute((trx) => settleTries(trx, { ...trier, address: "192.0.2.1" }))
        .then(() => "ok", String);
      await sent();
      const wrong = at.db
        .transaction()
        .execute((trx) => takeTry(trx, { ...trier, address: "192.0.2.2" }, now + 1))
        .then(() => "ok", String);
      await sent();
      await letGo();
      expect(await Promise.all([right, wrong])).toEqual(["ok", "ok"]);
    });

    it("by a factor's removal and the end of a session that has shown it", async () => {
      const totp = await setUpTotp(at.alice.api, Date.now());
      const spare = await setUpTotp(at.server.place.api(totp.token), Date.now());
      later(MINUTE);
      const other = await signInAgain(at);
      const { token } = done(await show(other.api, totp.factorId, codeOf(totp.secret, Date.now())));
      const id = hashToken(token);
      const letGo = await hold(at.db, sql`update session set used_at = used_at where token_hash = ${id}`);
      const ended = endSession(at.db, at.alice.userId, id).then(() => "ok", String);
      await sent();
      const removed = at.server.place
        .api(spare.token)
        .mfa.unenroll.mutate({ factorId: totp.factorId, evenLast: false })
        .then(() => "ok", String);
      await sent();
      await letGo();
      expect(await Promise.all([ended, removed])).toEqual(["ok", "ok"]);
    });
  });
});
