import type { UserRow } from "../db/schema.ts";

/** The addresses of users who are in a restored database as they were then, and not as they were before it was restored. */
export type CameBack = {
  readonly oldPasswords: readonly string[];
  readonly noLongerSuspended: readonly string[];
  readonly oldAddresses: readonly string[];
  /** Those who registered since. */
  readonly gone: readonly string[];
};

type User = Pick<UserRow, "user_id" | "email" | "record" | "suspended">;

/** Compares the users before and after a backup was restored. */
export function compareUsers(before: readonly User[], after: readonly User[]): CameBack {
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
