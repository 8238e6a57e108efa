import type { Bytes } from "../../bytes.ts";
import { err, ok, type Result } from "../../result.ts";
import { isTangledTree } from "./sqlite-tree.ts";

/** A row, by the names of its columns in lower case. */
export type SqliteRow = Readonly<Record<string, unknown>>;

export type SqliteRefusal = "corrupt" | "too-large";

const MAGIC = "SQLite format 3\0";
/** Apps keep kilobytes. */
const MOST_BYTES = 64_000_000;
const MOST_ROWS = 10_000;
/** A value that is longer is left out: a name or a secret never is, and its length may be a lie. */
const MOST_VALUE_BYTES = 65_536;

/** Whether the bytes begin as a SQLite database does (sqlite.org/fileformat2.html, section 1.3). */
export function isSqlite(bytes: Bytes): boolean {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** Whether all of these words stand in a database: its own description of its tables is plain text in it. */
export function mentionsAll(bytes: Bytes, words: readonly string[]): boolean {
  if (bytes.length > MOST_BYTES) return false;
  const text = new TextDecoder("latin1").decode(bytes);
  return words.every((word) => text.includes(word));
}

/**
 * Reads a table of a database in memory.
 *
 * The file may be made to do harm: a view or a virtual table in place of the table could compute for ever, and so could
 * computed columns, which SQLite's own check of a database goes through too. So only a plain table is read, only its stored
 * columns, and only after it is certain that its pages don't refer to each other in circles.
 *
 * @param columns the ones that are wanted, in lower case; those that the table has not are left out of the rows
 * @returns "corrupt" where there is no such table
 */
export async function readTable(
  bytes: Bytes,
  table: string,
  columns: readonly string[],
): Promise<Result<readonly SqliteRow[], SqliteRefusal>> {
  if (bytes.length > MOST_BYTES) return err("too-large");
  const plain = withoutWriteAhead(bytes);
  // The first page holds the tree of the schema, which SQLite reads before anything can be asked of it.
  if (isTangledTree(plain, 1)) return err("corrupt");
  const { default: initSqlJs } = await import("sql.js/dist/sql-wasm-inline.js");
  const { Database } = await initSqlJs();
  const database = new Database(plain);
  const valuesOf = (sql: string, parameters?: string[]) => database.exec(sql, parameters)[0]?.values ?? [];
  try {
    const kind = "schema = 'main' AND type = 'table' AND lower(name) = ?";
    const [found] = valuesOf(`SELECT name FROM pragma_table_list WHERE ${kind}`, [table]);
    const name = String(found?.[0] ?? "");
    const roots = valuesOf("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]);
    if (roots.length !== 1 || isTangledTree(plain, Number(roots[0]?.[0]))) return err("corrupt");
    // table_info leaves out columns that are computed.
    const wanted = valuesOf("SELECT name FROM pragma_table_info(?)", [name])
      .map(([column]) => String(column))
      .filter((column) => columns.includes(column.toLowerCase()));
    if (wanted.length === 0) return err("corrupt");
    const rows = valuesOf(
      `SELECT ${wanted.map(boundedValue).join(", ")} FROM ${quoted(name)} LIMIT ${MOST_ROWS + 1}`,
    );
    if (rows.length > MOST_ROWS) return err("too-large");
    return ok(
      rows.map((row) => Object.fromEntries(wanted.map((column, at) => [column.toLowerCase(), row[at]]))),
    );
  } catch {
    // sql.js throws plain Errors with SQLite's own words, all of which are about the file.
    return err("corrupt");
  } finally {
    database.close();
  }
}

/**
 * A database of a running app keeps its last changes in a second file (bytes 18 and 19 say so, section 1.3.3), without
 * which SQLite would not open it. What stands in the database itself is read.
 */
function withoutWriteAhead(bytes: Bytes): Bytes {
  const copy = bytes.slice();
  if (copy[18] === 2) copy[18] = 1;
  if (copy[19] === 2) copy[19] = 1;
  return copy;
}

/** octet_length looks at nothing but the length. */
function boundedValue(column: string): string {
  return `CASE WHEN octet_length(${quoted(column)}) <= ${MOST_VALUE_BYTES} THEN ${quoted(column)} END`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
