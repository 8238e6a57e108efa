/** Extended result code SQLITE_CONSTRAINT_UNIQUE, and PostgreSQL's SQLSTATE unique_violation. */
const [SQLITE_UNIQUE, POSTGRES_UNIQUE] = [2067, "23505"];

/** Whether a statement failed, and so changed nothing, because another row has a value that only one may have. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, code } = error as Error & { errcode?: unknown; code?: unknown };
  return errcode === SQLITE_UNIQUE || code === POSTGRES_UNIQUE;
}
