import { bytesToBase64url } from "../shared/bytes.ts";
import { INVITATION_MS } from "../shared/group/invitation.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Database } from "./db/open.ts";
import { listSessions } from "./sessions/session.ts";
import {
  allowReset,
  findByEmail,
  type ListedUser,
  listUsers,
  setSuspended,
  signOutEverywhere,
} from "./users/administer.ts";

/** What is said at the end: what was done, or why nothing was. */
export type Said = Result<string, string>;

/** A table of everybody, with tabs between its columns. */
export async function sayUsers(db: Database, now: number): Promise<Said> {
  const users = await listUsers(db, now);
  if (users.length === 0)
    return ok("Nobody is here yet: `admin set-up-code` gives a code that registers one.");
  const lines = users.map((user) => {
    const { userId, madeAt, sessions, factors, replacedBy } = user;
    const address = replacedBy === null ? user.email : "-";
    const numbers = [dayOf(madeAt), String(sessions), String(factors)];
    return [address, userId, ...numbers, stateOf(user)].join("\t").trimEnd();
  });
  return ok(["address\tid\tsince\tsessions\tfactors\tstate", ...lines].join("\n"));
}

function stateOf({ isSuspended, isAdministrator, replacedBy }: ListedUser): string {
  if (replacedBy !== null) return `replaced by ${replacedBy}`;
  return [isSuspended ? "suspended" : [], isAdministrator ? "administrator" : []].flat().join(", ");
}

/** Shuts somebody out at once, or lets them in again. */
export async function saySuspended(db: Database, address: string, isSuspended: boolean): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  if (user.isSuspended === isSuspended)
    return err(isSuspended ? `${address} is suspended already.` : `${address} is not suspended.`);
  await setSuspended(db, user.userId, isSuspended);
  return ok(
    isSuspended
      ? [
          `${address} is suspended, and signed out everywhere. What their devices have of shared groups they still have:`,
          "remove them from their groups, and enrol anew what they could read.",
          `\`admin unsuspend ${address}\` lets them in again.`,
        ].join("\n")
      : `${address} may sign in again.`,
  );
}

/** Where somebody is signed in. What they call their devices is sealed by them: only they can read it. */
export async function saySessions(db: Database, address: string, now: number): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  const sessions = await listSessions(db, user.userId, now);
  if (sessions.length === 0) return ok(`${address} is signed in nowhere.`);
  const lines = sessions.map(({ madeAt, usedAt }) => `${minuteOf(madeAt)}\t${minuteOf(usedAt)}`);
  return ok(["signed in\tlast used, to the hour", ...lines].join("\n"));
}

/** Ends all of somebody's sessions. */
export async function sayEndedSessions(db: Database, address: string): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  await signOutEverywhere(db, user.userId);
  return ok(`${address} is signed out everywhere, and may sign in again.`);
}

/**
 * A code for somebody who has lost password and kit.
 *
 * @param makeCode writes the code that holds a registration token
 */
export async function sayReset(
  db: Database,
  address: string,
  makeCode: () => Promise<{ readonly code: string; readonly register: Uint8Array }>,
  now: number,
): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  const { code, register } = await makeCode();
  const until = now + INVITATION_MS;
  const allowed = await allowReset(db, { userId: user.userId, token: bytesToBase64url(register), until });
  if (!allowed.ok) return err(`${address} is suspended: \`admin unsuspend ${address}\` first.`);
  return ok(
    [
      code,
      "",
      `Whoever pastes this code until ${minuteOf(until)} begins anew as ${address}, with new keys and as another user. Send it`,
      "to nobody but them. What they kept for themselves alone is lost; their groups must remove the old user and invite",
      "the new one. Until the code is used nothing changes.",
    ].join("\n"),
  );
}

export function noSuchAddress(address: string): string {
  return `Nobody here has the address ${address}. \`admin users\` lists who is here.`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
