import { useEffect, useState } from "preact/hooks";
import { type KnownServer, watchServers } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { type CountingPassphrase, countingPassphrase } from "../../../servers/stored-server.ts";
import type { SectionProps } from "../section-props.ts";

/** A server as the screens of its groups need it. */
export type GroupServer = {
  readonly id: string;
  readonly origin: string;
  readonly host: string;
  readonly email: string;
  readonly isSignedIn: boolean;
  readonly counting: CountingPassphrase;
  /** The code of an invitation that the person came with; null where there is none to go on with. */
  readonly invitation: string | null;
};

/** Watches a server. @returns null until it is known, and where it is not connected or can't be read */
export function useServer(serverId: string | null, vault: SectionProps["vault"]["kind"]): GroupServer | null {
  return groupServerOf(useKnownServer(serverId, vault));
}

/** The same with all that is stored of it. */
export function useKnownServer(
  serverId: string | null,
  vault: SectionProps["vault"]["kind"],
): KnownServer | null {
  const [servers, setServers] = useState<readonly KnownServer[]>([]);
  useEffect(() => {
    if (vault === "unlocked") return watchServers(setServers);
  }, [vault]);
  return servers.find(({ id }) => id === serverId) ?? null;
}

/** What its screens need of it; null where it can't be read. */
export function groupServerOf(server: KnownServer | null): GroupServer | null {
  if (!server?.secrets) return null;
  const { id, origin, secrets } = server;
  const { email, token, invitation } = secrets;
  return {
    ...{ id, origin, email, invitation },
    counting: countingPassphrase(secrets),
    host: hostOf(origin),
    isSignedIn: token !== null,
  };
}
