import { bytesToBase64url } from "../../shared/bytes.ts";
import type { Member } from "../../shared/group/state.ts";
import type { Connection, OwnPair } from "../servers/connection.ts";

/**
 * The connection with those keys by which a group's log knows this person: the present ones, or former ones where the
 * group has not been told of new ones yet. Null: they have never had those that it names.
 */
export function asInLog(
  connection: Connection,
  { sig, enc }: Pick<Member, "sig" | "enc">,
): Connection | null {
  const own = [connection, ...connection.former].find(
    (pair) =>
      bytesToBase64url(pair.signing.publicKey) === sig && bytesToBase64url(pair.opening.publicKey) === enc,
  );
  return own ? { ...connection, signing: own.signing, opening: own.opening } : null;
}

/** Whether a log names the present keys. */
export function isPresent(connection: OwnPair, { sig }: Pick<Member, "sig">): boolean {
  return bytesToBase64url(connection.signing.publicKey) === sig;
}
