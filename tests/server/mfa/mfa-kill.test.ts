import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Database, openDatabase } from "../../../server/db/open.ts";
import { type ServerProcess, startProcess } from "../server-process.ts";
import { apiOf, halfSession, newPersonWithCodes, type WithCodes } from "./at-processes.ts";
import { show, whyNot } from "./with-factor.ts";

const KILLS = 3;

/** Shows the codes of somebody one after the other, each in a session of its own, until the server is gone. */
async function showAll(
  origin: string,
  { recovery }: WithCodes,
  tokens: readonly string[],
  taken: Set<string>,
): Promise<void> {
  for (const [at, code] of recovery.codes.entries()) {
    if (taken.has(code)) continue;
    const answer = await show(apiOf(origin, tokens[at] ?? ""), recovery.factorId, code).catch(() => null);
    if (answer === null) return;
    if (whyNot(answer) === null) taken.add(code);
  }
}

/** That a right answer has changed all that it changes, or nothing. */
async function expectWhole(db: Database, userId: string): Promise<void> {
  const factors = await db.selectFrom("factor").selectAll().where("user_id", "=", userId).execute();
  const user = await db
    .selectFrom("user")
    .selectAll()
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  expect(user.factors).toBe(factors.filter(({ verified_at }) => verified_at !== null).length);
  const methods = await db
    .selectFrom("session_method")
    .innerJoin("session", "session.token_hash", "session_method.token_hash")
    .select(["factor_id", "session.strong_at", "session.token_hash"])
    .where("session.user_id", "=", userId)
    .execute();
  for (const { strong_at } of methods) expect(strong_at).not.toBe(null);
  const strong = await db
    .selectFrom("session")
    .select("token_hash")
    .where("user_id", "=", userId)
    .where("strong_at", "is not", null)
    .execute();
  expect(new Set(methods.map(({ token_hash }) => token_hash)).size).toBe(strong.length);
  // Written once when it was begun and once for each proof: the sessions that have shown it are as many.
  const recovery = factors.find(({ module }) => module === "recovery");
  const shown = methods.filter(({ factor_id }) => factor_id === recovery?.id);
  expect((recovery?.rev ?? 0) - 1).toBe(shown.length);
}

it("a server that is killed while codes are shown has used each with the session it let in, or not at all", async () => {
  const folder = await mkdtemp(join(tmpdir(), "countersign-mfa-kill-"));
  const place = join(folder, "countersign-data", "countersign.sqlite");
  let server: ServerProcess | undefined;
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      server = await startProcess(folder);
      const db = await openDatabase(place);
      const person = await newPersonWithCodes(db, server.origin);
      const tokens: string[] = [];
      for (const _ of person.recovery.codes) tokens.push(await halfSession(db, person.userId));
      await db.destroy();
      const taken = new Set<string>();
      const using = showAll(server.origin, person, tokens, taken);
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 120));
      server.child.kill("SIGKILL");
      await Promise.all([server.ended, using]);

      server = await startProcess(folder);
      const again = await openDatabase(place);
      await expectWhole(again, person.userId);
      // What was said to be used is used; the rest is as good as it was, but for the one that nobody heard of.
      await again.deleteFrom("mfa_wait").execute();
      let lost = 0;
      for (const code of person.recovery.codes) {
        const token = await halfSession(again, person.userId);
        const answer = await show(apiOf(server.origin, token), person.recovery.factorId, code);
        await again.deleteFrom("mfa_wait").execute();
        if (taken.has(code)) expect(whyNot(answer)).toBe("wrong-code");
        else if (whyNot(answer) !== null) lost++;
      }
      expect(lost).toBeLessThanOrEqual(1);
      await expectWhole(again, person.userId);
      await again.destroy();
      server.child.kill("SIGKILL");
      await server.ended;
    }
  } finally {
    server?.child.kill("SIGKILL");
    await server?.ended;
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
}, 240_000);
