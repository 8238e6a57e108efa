import { MOST_COUNTER_STEPS } from "../../shared/group/counter.ts";
import { ask } from "../servers/api.ts";
import { openConnection } from "../servers/connection.ts";
import { db } from "../vault/db.ts";
import { readEntry } from "../vault/entries.ts";
import { hasPress, reservePress } from "../vault/hotp.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/**
 * What became of it. "reserved": the next code is nobody else's; "not-asked": the server could not be asked, so somebody
 * else may use the same one; "jump": the server named a counter that was used, or one so far ahead that the service would
 * refuse its code, and was not believed.
 */
export type CounterOutcome =
  | { readonly kind: "reserved" }
  | { readonly kind: "not-asked"; readonly why: GroupTrouble }
  | { readonly kind: "jump" };

/**
 * Asks the group's server for the next counter of a hotp entry that several people use, for one press, so that two people
 * never get the same code. To be called before the press makes its code; the vault alone steps on from it.
 *
 * The server can only leave counters out: it never gets one down, and at most 20 up, which services look ahead
 * (RFC 4226 section 7.4).
 *
 * @param pressId as for advanceHotp, which then gives the code of what was reserved
 */
export async function reserveCounter(
  { id, g }: { readonly id: string; readonly g: string },
  pressId: string,
): Promise<CounterOutcome> {
  if (await hasPress(id, pressId)) return { kind: "reserved" };
  const [row, entry] = await Promise.all([db.groups.get(g), readEntry(id)]);
  if (row === undefined || !entry.ok || entry.value.counter === null) return notAsked("refused");
  const connection = await openConnection(row.serverId);
  if (!connection.ok) return notAsked(connection.error === "signed-out" ? "signed-out" : "refused");
  const atLeast = entry.value.counter;
  const { reserveCounter: reserve } = connection.value.api.group;
  const reserved = await ask(reserve.mutate({ g, record: id, atLeast }));
  if (!reserved.ok) return notAsked(troubleOf(reserved.error));
  const { counter } = reserved.value;
  // Below what was asked for: a server that wants a code to be used twice.
  if (counter < atLeast || counter - atLeast > MOST_COUNTER_STEPS) return { kind: "jump" };
  await reservePress(id, pressId, counter);
  return { kind: "reserved" };
}

function notAsked(why: GroupTrouble): CounterOutcome {
  return { kind: "not-asked", why };
}
