import type { FactorRow } from "../db/mfa-schema.ts";
import type { UserRow } from "../db/schema.ts";

/** The addresses of users who are in a restored database as they were then, and not as they were before it was restored. */
export type CameBack = {
  readonly oldPasswords: readonly string[];
  readonly noLongerSuspended: readonly string[];
  readonly oldAddresses: readonly string[];
  /** Those who registered since. */
  readonly gone: readonly string[];
} & FactorsCameBack;

/** The same of second factors, and of who administers. */
export type FactorsCameBack = {
  /** Who has a factor again that they have removed since: whoever has that one gets in with it. */
  readonly removedFactors: readonly string[];
  /** Who has set up factors since, which are gone. */
  readonly lostFactors: readonly string[];
  /** Whose recovery codes that were used since are good again. */
  readonly usedCodes: readonly string[];
  /** Who administers again, and was made not to since. */
  readonly administrators: readonly string[];
  /** Who was made to administer since, and does not any more. */
  readonly noLongerAdministrators: readonly string[];
};

/** Where it can't be known. */
export const NOTHING_OF_FACTORS: FactorsCameBack = {
  removedFactors: [],
  lostFactors: [],
  usedCodes: [],
  administrators: [],
  noLongerAdministrators: [],
};

export type User = Pick<UserRow, "user_id" | "email" | "record" | "suspended">;

/** What a database says of factors that are set up, and whose ids administer. */
export type FactorsOf = {
  readonly factors: readonly Pick<FactorRow, "id" | "user_id" | "module" | "rev">[];
  readonly administrators: readonly string[];
};

/** Compares the users before and after a backup was restored. */
export function compareUsers(
  before: readonly User[],
  after: readonly User[],
): Omit<CameBack, keyof FactorsCameBack> {
  const byId = new Map(after.map((user) => [user.user_id, user]));
  const changed = (differs: (was: User, is: User) => boolean) =>
    before.flatMap((was) => {
      const is = byId.get(was.user_id);
      return is && differs(was, is) ? [is.email] : [];
    });
  return {
    oldPasswords: changed((was, is) => was.record !== is.record),
    noLongerSuspended: changed((was, is) => was.suspended === 1 && is.suspended === 0),
    oldAddresses: changed((was, is) => was.email !== is.email),
    gone: before.filter(({ user_id }) => !byId.has(user_id)).map(({ email }) => email),
  };
}

/** The same of their factors: which are there is known by their ids, and that codes were used by how often they were written. */
export function compareFactors(before: FactorsOf, after: FactorsOf, users: readonly User[]): FactorsCameBack {
  const emails = new Map(users.map(({ user_id, email }) => [user_id, email]));
  const addressesOf = (ids: readonly string[]) =>
    [...new Set(ids)].flatMap((id) => emails.get(id) ?? []).sort();
  const [was, is] = [before, after].map(({ factors }) => new Map(factors.map((each) => [each.id, each])));
  const ownersOf = (factors: FactorsOf["factors"]) => addressesOf(factors.map(({ user_id }) => user_id));
  return {
    removedFactors: ownersOf(after.factors.filter(({ id }) => !was?.has(id))),
    lostFactors: ownersOf(before.factors.filter(({ id }) => !is?.has(id))),
    usedCodes: ownersOf(
      after.factors.filter(({ id, module, rev }) => module === "recovery" && rev < (was?.get(id)?.rev ?? 0)),
    ),
    administrators: addressesOf(after.administrators.filter((id) => !before.administrators.includes(id))),
    noLongerAdministrators: addressesOf(
      before.administrators.filter((id) => !after.administrators.includes(id)),
    ),
  };
}
