import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import { normalizeEmail } from "../../normalize-email.ts";
import { newId } from "../../tokens.ts";
import { openFactor, sealKept } from "../flow/factor-rows.ts";
import type { Mfa } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { namesOf } from "../notices/tell.ts";
import { boundPerson, boundPersonSchema } from "./bound-person.ts";
import type { CsvMistake } from "./parse-csv.ts";
import { type Binding, type Known, type Plan, planBindings } from "./plan.ts";

/** What a file of bindings comes to here, as it is now: nothing is changed. */
export async function planImport(
  db: Database,
  mfa: Mfa,
  text: string,
): Promise<Result<Plan, readonly CsvMistake[]>> {
  return planBindings(text, await readKnown(db, mfa));
}

/**
 * Makes factors of a plan's bindings that count at once: whoever runs the server says that these people are bound there. All
 * of them in one transaction, or none.
 *
 * @returns "changed" where one of them was bound to that module meanwhile, or is gone: plan again
 */
export async function importBindings(
  db: Database,
  mfa: Mfa,
  { bindings }: Plan,
  now: number,
): Promise<Result<void, "changed">> {
  // In the same sequence always, so that two that run at once do not wait for each other.
  const sorted = bindings.toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  const rows = await Promise.all(sorted.map((each) => factorOf(mfa, each, now)));
  try {
    await db.transaction().execute(async (trx) => {
      for (const row of rows) {
        const held = await trx
          .updateTable("user")
          .set(({ eb }) => ({ factors: eb("factors", "+", 1) }))
          .where("user_id", "=", row.user_id)
          .where("replaced_by", "is", null)
          .executeTakeFirst();
        const there = await trx
          .selectFrom("factor")
          .select("id")
          .where("user_id", "=", row.user_id)
          .where("module", "=", row.module)
          .where("verified_at", "is not", null)
          .executeTakeFirst();
        if (held.numUpdatedRows !== 1n || there) throw new Changed();
        await trx.insertInto("factor").values(row).execute();
        const { user_id, module, name } = row;
        await noteActivity(trx, { at: now, user_id, by_user: null, what: "added", module, name });
      }
    });
    return ok(undefined);
  } catch (error) {
    if (error instanceof Changed) return err("changed");
    throw error;
  }
}

/** So many mails at a time: a file may have thousands of people, and a mail server takes few connections. */
const MAILS_AT_ONCE = 10;

/** Tells everybody whom a plan has bound by mail, once it is done, and waits until all mails are on their way or refused. */
export async function tellImported(mfa: Mfa, { bindings }: Plan, now: number): Promise<void> {
  const { mailer } = mfa;
  if (mailer === null) return;
  for (let from = 0; from < bindings.length; from += MAILS_AT_ONCE)
    await Promise.all(
      bindings.slice(from, from + MAILS_AT_ONCE).map(({ module, email }) => {
        const change = { what: "added", kind: namesOf(mfa, module, email) } as const;
        return mailer.tell(email, change, { at: now, languages: [] });
      }),
    );
}

/** Rolls the transaction back. */
class Changed extends Error {}

async function factorOf(mfa: Mfa, { module, userId, externalId, accounts }: Binding, now: number) {
  const id = newId();
  const kept = await sealKept(mfa, { what: "factor", factorId: id, id }, boundPerson(externalId, accounts));
  return {
    ...{ id, user_id: userId, module, name: null, kept, rev: 1 },
    ...{ made_at: now, verified_at: now, used_at: null },
  };
}

async function readKnown(db: Database, mfa: Mfa): Promise<Known> {
  // What an outside system can be asked about somebody is what makes a binding of a factor.
  const outside = mfa.modules.filter(({ module }) => module.findBound !== undefined);
  const modules = outside.map(({ module, onlyFor }) => ({ id: module.id, onlyFor }));
  const users = await db
    .selectFrom("user")
    .select(["user_id", "email"])
    .where("replaced_by", "is", null)
    .execute();
  const ids = modules.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom("factor")
          .selectAll()
          .where("module", "in", ids)
          .where("verified_at", "is not", null)
          .execute();
  const factors = await Promise.all(rows.map((row) => openFactor(mfa, row)));
  return {
    modules,
    userIdsByEmail: new Map(users.map(({ user_id, email }) => [normalizeEmail(email), user_id])),
    bound: factors.map(({ module, user_id, kept }) => ({
      ...{ module, userId: user_id },
      externalId: boundPersonSchema.parse(kept).externalId,
    })),
  };
}
