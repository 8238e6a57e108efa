import { useEffect, useState } from "preact/hooks";
import { readLevel } from "../../../servers/factors.ts";
import { inOwnSession } from "../factors/own-session.ts";
import type { GroupServer } from "./use-server.ts";

/** Whether the person is one of the server's administrators, as the server says; false as long as it has not. */
export function useAdministrator({ id, isSignedIn }: GroupServer): boolean {
  const [isAdministrator, setAdministrator] = useState(false);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const level = isSignedIn ? await inOwnSession(id, readLevel) : null;
      if (!gone) setAdministrator(level?.ok === true && level.value.isAdministrator);
    };
    // A vault that was locked meanwhile shows by itself; who can't ask the server can't do anything there either.
    look().catch(() => {});
    return () => {
      gone = true;
    };
  }, [id, isSignedIn]);
  return isAdministrator;
}
