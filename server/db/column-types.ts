import { type RawBuilder, sql } from "kysely";
import type { DatabaseKind } from "./open.ts";

/** What a column of bytes is called in each database. */
export const BYTES: Readonly<Record<DatabaseKind, RawBuilder<unknown>>> = {
  sqlite: sql`blob`,
  postgres: sql`bytea`,
};
