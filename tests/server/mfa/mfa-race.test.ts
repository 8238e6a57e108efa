import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../../server/db/open.ts";
import { onBothDatabases } from "../databases.ts";
import { type ServerProcess, startProcess } from "../server-process.ts";
import { apiOf, halfSession, newPersonWithCodes } from "./at-processes.ts";
import { codeOf } from "./authenticator.ts";
import { show, whyNot } from "./with-factor.ts";

/** So many at once, every other one at the other process. */
const AT_ONCE = 6;

onBothDatabases(({ kind, newPlace, open }) => {
  let folder: string;
  let servers: ServerProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-race-"));
    servers = [];
  });
  afterEach(async () => {
    for (const { child, ended } of servers) {
      child.kill("SIGKILL");
      await ended;
    }
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  /** Two processes with one secret file and one database. */
  async function start(): Promise<Database> {
    const place =
      kind === "postgres" ? await newPlace() : join(folder, "countersign-data/countersign.sqlite");
    const environment: Record<string, string> = kind === "postgres" ? { DATABASE_URL: place } : {};
    for (let each = 0; each < 2; each++) servers.push(await startProcess(folder, [], environment));
    return open(place);
  }

  it("of many who show one code to two processes at the same moment, one gets in", async () => {
    const db = await start();
    const origins = servers.map(({ origin }) => origin);
    const { userId, totp, recovery } = await newPersonWithCodes(db, origins[0] ?? "");

    /** @returns how many got in */
    async function race(factorId: string, code: string): Promise<number> {
      const tokens = await Promise.all(Array.from({ length: AT_ONCE }, () => halfSession(db, userId)));
      const answers = await Promise.all(
        tokens.map((token, at) => show(apiOf(origins[at % 2] ?? "", token), factorId, code)),
      );
      for (const answer of answers)
        expect([null, "used-code", "wrong-code", "wait"]).toContain(whyNot(answer));
      // Those who were too late are held back, which is not what this is about.
      await db.deleteFrom("mfa_wait").execute();
      await db.deleteFrom("rate_limit").execute();
      return answers.filter((answer) => whyNot(answer) === null).length;
    }

    expect(await race(totp.factorId, codeOf(totp.secret, Date.now()))).toBe(1);
    expect(await race(totp.factorId, codeOf(totp.secret, Date.now() + 30_000))).toBe(1);
    for (const code of recovery.codes) expect(await race(recovery.factorId, code)).toBe(1);
    for (const code of recovery.codes.slice(0, 2)) expect(await race(recovery.factorId, code)).toBe(0);
    const strong = await db
      .selectFrom("session")
      .select("token_hash")
      .where("strong_at", "is not", null)
      .execute();
    // Each race has let one session in, and the one that set both up is the first.
    expect(strong).toHaveLength(1 + 2 + 10);
  }, 120_000);
});
