import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BACKUP_COMMANDS } from "../../../server/backup/commands.ts";
import type { Config } from "../../../server/config.ts";
import { type Database, openDatabase } from "../../../server/db/open.ts";
import { setAdministrator } from "../../../server/users/administer.ts";
import { outcome } from "../outcome.ts";
import { configWith } from "../served.ts";
import { signIn } from "../users/account.ts";
import { ALICE, OLD, serveAccounts, type WithAccounts } from "../users/serve-accounts.ts";
import { later, MINUTE } from "./alice-at-server.ts";
import { codeOf } from "./authenticator.ts";
import { beginSetUp, done, setUpTotp, show, shownAs } from "./with-factor.ts";
import { kitProof } from "./with-kit.ts";

const BOB = "bob@example.com";
const POLICY = JSON.stringify({ ask: "new-device" });

let folder: string;
let config: Config;
let db: Database;
let server: WithAccounts;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 28, 12, 0, 5) });
  folder = await mkdtemp(join(tmpdir(), "countersign-mfa-restore-"));
  config = configWith({ COUNTERSIGN_DATA: join(folder, "data") });
  await mkdir(config.dataFolder);
  await start();
});
afterEach(async () => {
  vi.useRealTimers();
  await stop();
  await rm(folder, { recursive: true });
});

/** @param like the server that it is to be again */
async function start(like: WithAccounts | null = null): Promise<void> {
  db = await openDatabase(config.database);
  server = await serveAccounts(db, POLICY, undefined, like?.served);
}

async function stop(): Promise<void> {
  await server.served.close();
  await db.destroy();
}

async function run(command: string): Promise<string> {
  const said = await BACKUP_COMMANDS[command]?.runOn(config, join(folder, "monday.backup"));
  return said?.ok ? said.value : `not done: ${said?.error}`;
}

async function signInAs(email: string, device: string | null = null) {
  const signedIn = await signIn(server.place, email, OLD, device);
  if (signedIn === null) throw Error("the password is not taken");
  return signedIn;
}

it("a restore says which factors and codes came back, and brings back no reset, no question and no device", async () => {
  const [alice, bob] = [await server.join(ALICE), await server.join(BOB)];
  const hers = await setUpTotp(alice.api, Date.now());
  const set = await beginSetUp(server.place.api(hers.token), "recovery");
  const [first = "", second = ""] = shownAs(set.shown, "recovery-codes").codes;
  const { token, device } = done(await show(server.place.api(hers.token), set.factorId, first));
  const lost = await signInAs(ALICE);
  await lost.api.mfa.askReset.mutate({
    proof: await kitProof(server.place.serverId, alice, lost.token, "ask"),
  });
  expect(await run("backup")).toContain("opened and checked");

  // What happens after the backup: she stops the reset, uses a code and removes her authenticator for another one; he sets
  // one up; and he administers from now on.
  later(MINUTE);
  await server.place.api(token).mfa.cancelReset.mutate();
  const next = done(await show(server.place.api(token), set.factorId, second));
  const other = await setUpTotp(server.place.api(next.token), Date.now());
  const mine = server.place.api(other.token);
  done(await mine.mfa.unenroll.mutate({ factorId: hers.factorId, evenLast: false }));
  await setUpTotp(bob.api, Date.now());
  await setAdministrator(db, bob.userId, true);
  await stop();
  const said = await run("restore");
  expect(said.split("\n").filter((line) => line.startsWith("- "))).toEqual([
    `- ${ALICE} has a second factor again that they have removed.`,
    `- ${ALICE} has lost a second factor that they set up after the backup.`,
    `- ${BOB} has lost a second factor that they set up after the backup.`,
    `- ${ALICE} has recovery codes again that were used: a fresh set ends them.`,
    `- ${BOB} administers the server no longer.`,
  ]);
  expect(said).toContain("admin reset-factors ADDRESS");

  await start(server);
  for (const table of ["mfa_challenge", "session_method", "remembered_device", "factor_reset"] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  later(80 * 60 * MINUTE);
  const again = await signInAs(ALICE, device);
  expect(again.lacks).toBe("factor-needed");
  const proof = await kitProof(server.place.serverId, alice, again.token, "finish");
  expect(await outcome(again.api.mfa.finishReset.mutate({ proof }))).toBe("not-asked");
  done(await show(again.api, hers.factorId, codeOf(hers.secret, Date.now())));
});

it("a restore of what has not changed says so", async () => {
  await server.join(ALICE);
  await run("backup");
  await stop();
  expect(await run("restore")).toContain("Users, passwords, addresses and factors are the same as before.");
  await start(server);
});
