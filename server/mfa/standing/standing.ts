import { type Act, ASSURANCE, type AssuranceLevel } from "../../../shared/group/assurance.ts";
import { can, ROLES } from "../../../shared/group/permissions.ts";
import type { Lack } from "../../../shared/mfa/refusal.ts";
import type { Database } from "../../db/open.ts";
import type { Session } from "../../sessions/session.ts";
import { listRows } from "../flow/factor-rows.ts";
import { countsForSignIn, type Mfa, moduleFor } from "../mfa.ts";

const DAY_MS = 24 * 60 * 60_000;

/** What the session still has to show before that may be done; null: nothing. Whoever has no factor costs no question. */
export async function lackOf(
  db: Database,
  mfa: Mfa,
  session: Session,
  act: Act,
  now: number,
): Promise<Lack | null> {
  const { factor, passwordMs, factorMs } = ASSURANCE[act];
  if (passwordMs !== null && !isWithin(passwordMs, session.signedInAt, now)) return "sign-in-again";
  if (factor === "none") return null;
  const { factorAt, strongAt } = session;
  if (factor === "any" && factorAt !== null) return null;
  if (factor === "strong" && strongAt !== null && (factorMs === null || isWithin(factorMs, strongAt, now)))
    return null;
  const { any, strong } = await countingFactors(db, mfa, session);
  if (factor === "strong" && strong) return strongAt === null ? "factor-needed" : "factor-again";
  // To set one up is what is to be done where there is none.
  const isEnough = factor === "any" ? any : strong;
  if (!isEnough && act !== "change-factors" && (await isOverdue(db, mfa, session, now)))
    return "factor-missing";
  return any && factorAt === null ? "factor-needed" : null;
}

/** Neither longer ago nor in the future: that was shown by a clock that has been set back since, and would be new for as long. */
function isWithin(ms: number, at: number, now: number): boolean {
  return Math.abs(now - at) <= ms;
}

/** Which of somebody's factors count: verified, of a module that is switched on for them, and weak ones by the policy. */
export async function countingFactors(
  db: Database,
  mfa: Mfa,
  { userId, email, factors }: Pick<Session, "userId" | "email" | "factors">,
): Promise<{ readonly any: boolean; readonly strong: boolean }> {
  if (factors === 0) return { any: false, strong: false };
  const rows = (await listRows(db, userId)).filter((row) => row.verified_at !== null);
  const modules = rows.flatMap((row) => moduleFor(mfa, row.module, email) ?? []);
  const own = modules.filter(({ isSpare }) => !isSpare);
  return {
    strong: own.some(({ strength }) => strength === "strong"),
    any: own.some(({ id }) => countsForSignIn(mfa, id, email)),
  };
}

/** The level that a session is at, and the highest that its person can reach. */
export async function levelsOf(
  db: Database,
  mfa: Mfa,
  session: Session,
): Promise<{ readonly currentLevel: AssuranceLevel; readonly nextLevel: AssuranceLevel }> {
  const { strong } = await countingFactors(db, mfa, session);
  return { currentLevel: session.strongAt === null ? "aal1" : "aal2", nextLevel: strong ? "aal2" : "aal1" };
}

/**
 * Until when somebody may do without a factor, as the policy wants one of them; null: it wants none. Whoever is asked for the
 * first time has the days of grace from then on.
 */
export async function dueAt(db: Database, mfa: Mfa, session: Session, now: number): Promise<number | null> {
  if (!(await mustHaveOne(db, mfa, session))) return null;
  if (session.factorDueAt !== null) return session.factorDueAt;
  const due = now + mfa.policy.graceDays * DAY_MS;
  await db
    .updateTable("user")
    .set({ factor_due_at: due })
    .where("user_id", "=", session.userId)
    .where("factor_due_at", "is", null)
    .execute();
  return due;
}

async function isOverdue(db: Database, mfa: Mfa, session: Session, now: number): Promise<boolean> {
  const due = await dueAt(db, mfa, session, now);
  return due !== null && due <= now;
}

/** Whether the policy wants a factor of them. */
export async function mustHaveOne(
  db: Database,
  { policy }: Mfa,
  { userId, isAdministrator }: Pick<Session, "userId" | "isAdministrator">,
): Promise<boolean> {
  if (policy.required !== "administrators") return policy.required === "everybody";
  if (isAdministrator) return true;
  const row = await db
    .selectFrom("group_member")
    .innerJoin("group_state", "group_state.g", "group_member.g")
    .select("group_member.g")
    .where("group_member.user_id", "=", userId)
    .where("group_member.left_n", "is", null)
    .where(
      "group_member.role",
      "in",
      ROLES.filter((each) => can(each, "invite")),
    )
    .where("group_state.members", ">", 1)
    .where("group_state.closed", "=", 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
