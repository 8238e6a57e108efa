import { isPostgres } from "../db/open.ts";
import { type Bus, localBus } from "./bus.ts";
import { postgresBus } from "./postgres-bus.ts";

/** The bus that goes with a database: the same text says where both are. */
export async function openBus(database: string): Promise<Bus> {
  return isPostgres(database) ? postgresBus(database) : localBus();
}
