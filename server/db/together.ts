import type { Compilable, QueryResult } from "kysely";
import type { Database } from "./open.ts";

/**
 * Sends statements one right after the other, each before the one before it is answered: they run in that sequence, each on
 * what the ones before it left, and a PostgreSQL is waited for once instead of once for each. For what needs no answer of
 * the ones before it; in a transaction that goes on nothing stays of what came after one that failed.
 *
 * @param db the database, or a transaction
 * @returns the answers in the same sequence, or rejects as the first one that failed, once all are answered
 */
export async function together<const Statements extends readonly Compilable[]>(
  db: Database,
  statements: Statements,
): Promise<{ -readonly [At in keyof Statements]: QueryResult<RowOf<Statements[At]>> }> {
  const answers = await db
    .getExecutor()
    .provideConnection((connection) =>
      Promise.allSettled(statements.map((statement) => connection.executeQuery(statement.compile()))),
    );
  const results = answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
  return results as { -readonly [At in keyof Statements]: QueryResult<RowOf<Statements[At]>> };
}

type RowOf<Statement> = Statement extends Compilable<infer Row> ? Row : never;
