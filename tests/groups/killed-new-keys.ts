import { expect } from "vitest";
import type { Database } from "../../server/db/open.ts";
import { base64urlToBytes } from "../../shared/bytes.ts";
import { openBundle } from "../../shared/identity/bundle.ts";
import { kitKek, unwrapDek } from "../../shared/identity/wrap.ts";
import type { Served } from "../server/served.ts";
import { type Device, value } from "./device.ts";
import { type Line, onLine } from "./network.ts";
import { PASSPHRASE, registerDevice, secretsOf, takeNewKeys } from "./registered.ts";
import { inStep, newTeam } from "./team.ts";

/**
 * Lets a device die at its requests, one after the other, while it takes new keys: with the request not sent, and with the
 * answer never heard. Each time whoever comes back goes on, has new keys in the end, and loses nothing.
 *
 * @param every 1: at each of them; 5: at each fifth
 * @returns how often it died
 */
export async function dieTakingNewKeys(served: Served, db: Database, every: number): Promise<number> {
  const alice = await registerDevice(db, served, "alice@example.com");
  const team = await newTeam(db, served, alice);
  const { bob, g } = team;
  await team.letIn(bob, "bob@example.com", "editor");
  await team.share(alice, [await alice.add({ issuer: "AWS" })]);
  await inStep(alice, bob);
  let deaths = 0;
  for (let at = 1; ; at += every) {
    let isOver = false;
    for (const death of ["down", "lost-answer"] as const) {
      // By hand nobody does it so often.
      await db.deleteFrom("rate_limit").execute();
      const before = await sigOf(db, alice);
      let asked = 0;
      const line = (): Line => {
        asked++;
        return asked < at ? "up" : asked === at ? death : "down";
      };
      await onLine.run(line, () => takeNewKeys(served, alice));
      isOver ||= asked < at;
      await comeBack(served, db, alice, before);
      await expectNewKeys(served, db, { alice, bob, g });
      deaths++;
    }
    if (isOver) return deaths;
  }
}

/** Whoever comes back signs in where that is wanted. What the server has taken is gone on with; else it is asked for anew. */
async function comeBack(served: Served, db: Database, alice: Device, before: string): Promise<void> {
  const { serverId } = served.secret;
  const synced = await alice.sync();
  if (!synced.ok) {
    expect(synced.error).toBe("signed-out");
    value(await alice.run(({ signIn }) => signIn.signInAgain(serverId, PASSPHRASE)));
    await inStep(alice);
  }
  if ((await sigOf(db, alice)) !== before) return;
  expect(value(await takeNewKeys(served, alice))).toEqual({ isFinished: true });
}

async function expectNewKeys(
  served: Served,
  db: Database,
  { alice, bob, g }: { readonly alice: Device; readonly bob: Device; readonly g: string },
): Promise<void> {
  const { serverId } = served.secret;
  await inStep(alice, bob);
  const user = await userOf(db, alice);
  const member = await db
    .selectFrom("group_member")
    .select(["sig", "enc"])
    .where("g", "=", g)
    .where("user_id", "=", alice.userId)
    .executeTakeFirstOrThrow();
  expect(member).toEqual({ sig: user.sig, enc: user.enc });
  const state = await db
    .selectFrom("group_state")
    .select("rotation_due")
    .where("g", "=", g)
    .executeTakeFirstOrThrow();
  expect(state.rotation_due).toBe(0);
  const secrets = await secretsOf(served, alice);
  expect([secrets.bundle.former, secrets.replacement]).toEqual([undefined, undefined]);
  // The kit that the device shows is the one that opens what the server has.
  const owner = { serverId, userId: alice.userId };
  const recoveryKey = value(base64urlToBytes(secrets.uncheckedKit ?? ""));
  const dek = value(await unwrapDek(await kitKek(recoveryKey, owner), new Uint8Array(user.wrapped_by_kit)));
  const place = { ...owner, ver: user.bundle_ver };
  expect(value(await openBundle(dek, place, new Uint8Array(user.bundle)))).toEqual(secrets.bundle);
  expect(await bob.shown()).toEqual(["AWS root"]);
  expect(await alice.shown()).toEqual(["AWS root"]);
}

const userOf = (db: Database, { userId }: Device) =>
  db.selectFrom("user").selectAll().where("user_id", "=", userId).executeTakeFirstOrThrow();

const sigOf = async (db: Database, device: Device) => (await userOf(db, device)).sig;
