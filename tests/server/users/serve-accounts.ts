import type { Database } from "../../../server/db/open.ts";
import { localBus } from "../../../server/events/bus.ts";
import type { AnyKind } from "../../../server/mfa/registry.ts";
import { newToken } from "../../../server/tokens.ts";
import { allowRegistration } from "../../../server/users/register.ts";
import { type Served, serve } from "../served.ts";
import { type Account, type Place, register } from "./account.ts";

export const ALICE = "alice@example.com";
export const [OLD, NEW] = ["alice keeps four random words", "and then she takes four others"];

export type WithAccounts = {
  readonly served: Served;
  readonly place: Place;
  /** Somebody who registers with the old password, with everything they have. */
  join(email: string): Promise<Account>;
};

/**
 * Serves a database, to people with real keys.
 *
 * @param factors what the server's mfa.json says
 * @param kinds the kinds of factors that it knows
 * @param like a server that is closed, which it is to be from now on
 */
export async function serveAccounts(
  db: Database,
  factors: string | null = null,
  kinds?: Readonly<Record<string, AnyKind>>,
  like: Served | null = null,
): Promise<WithAccounts> {
  const served = await serve(db, localBus(), like, factors, kinds);
  const place = { serverId: served.secret.serverId, api: served.api };
  return {
    served,
    place,
    async join(email) {
      const token = newToken();
      await allowRegistration(db, token, Date.now() + 60_000);
      return register(place, { email, password: OLD, token });
    },
  };
}
