import { err, ok } from "../shared/result.ts";
import { noSuchAddress, type Said } from "./admin-users.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import { logToStdout } from "./log.ts";
import { readMfaConfig } from "./mfa/config.ts";
import { resetFactors } from "./mfa/flow/reset.ts";
import { makeMailer } from "./mfa/notices/mailer.ts";
import { findByEmail, listUsers, setAdministrator } from "./users/administer.ts";

/** Takes all of somebody's second factors away, who has lost them and the recovery kit, or should not have to wait. */
export async function sayResetFactors(
  { db, config }: { readonly db: Database; readonly config: Config },
  address: string,
  now: number,
): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  // A mistake in mfa.json keeps nobody out for longer: then no mail is sent.
  const factors = readMfaConfig(config);
  const mail = factors.ok ? factors.value.mail : null;
  const mailer = mail && makeMailer(mail, config.origin, logToStdout);
  const reset = await resetFactors(db, { mailer }, { userId: user.userId, by: null }, now);
  if (!reset.ok) return err(`${address} has no second factor.`);
  const { removed } = reset.value;
  return ok(
    [
      `${address} has no second factor any more: ${removed === 1 ? "one was" : `${removed} were`} taken away. The passphrase alone lets`,
      "them in until they set one up again. They are told, and so is everybody in their groups. It opens nothing that is",
      "encrypted. Be sure that it was they who asked: ask them back by a way that you know.",
    ].join("\n"),
  );
}

/** Who may take others' factors away, and has to have one where mfa.json wants one of administrators. */
export async function sayAdministrators(db: Database, now: number): Promise<Said> {
  const there = (await listUsers(db, now)).filter(
    ({ isAdministrator, replacedBy }) => isAdministrator && replacedBy === null,
  );
  if (there.length === 0)
    return ok("Nobody administers the server but whoever runs it: `admin make-administrator ADDRESS`.");
  const lines = there.map(({ email, factors, isSuspended }) =>
    [email, String(factors), isSuspended ? "suspended" : ""].join("\t").trimEnd(),
  );
  return ok(["address\tfactors\tstate", ...lines].join("\n"));
}

/** Makes somebody an administrator of the server, or no longer one. */
export async function sayAdministrator(db: Database, address: string, is: boolean): Promise<Said> {
  const user = await findByEmail(db, address);
  if (user === null) return err(noSuchAddress(address));
  if (user.isAdministrator === is)
    return err(
      is ? `${address} administers the server already.` : `${address} does not administer the server.`,
    );
  await setAdministrator(db, user.userId, is);
  return ok(
    is
      ? [
          `${address} administers the server: once they have a strong second factor of their own, they may take away those of`,
          "others who have lost theirs. It gives them no group, and nothing that is in one.",
        ].join("\n")
      : `${address} no longer administers the server.`,
  );
}
