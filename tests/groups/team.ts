import { afterEach, beforeEach, expect } from "vitest";
import type { GroupView } from "../../extension/groups/group-view.ts";
import type { Database } from "../../server/db/open.ts";
import { refold } from "../../server/groups/refold.ts";
import { parseInvitationCode } from "../../shared/group/invitation-code.ts";
import type { Role } from "../../shared/group/permissions.ts";
import type { Served } from "../server/served.ts";
import { type Device, newDevice, newUser, value } from "./device.ts";
import { eachWithServer } from "./each-with-server.ts";

/** A server with two people, and a group that the first of them has made. */
export type Team = {
  readonly db: Database;
  readonly served: Served;
  readonly alice: Device;
  readonly bob: Device;
  readonly g: string;
  /** Alice invites, the other accepts, Alice confirms; then that device is in step. */
  letIn(device: Device, email: string, role: Role): Promise<void>;
  /** Puts entries into the group. */
  share(device: Device, ids: readonly string[]): Promise<void>;
  viewOf(device: Device): Promise<GroupView | undefined>;
};

/** Every test of a file that calls this has a team of its own, whose log is sound at the end. */
export function eachWithTeam(): () => Team {
  const server = eachWithServer();
  let team: Team;
  beforeEach(async () => {
    const { db, served } = server();
    team = await newTeam(db, served);
  });
  // Before the database is closed: what was set up last is looked at first.
  afterEach(async () => {
    expect(await refold(team.db, team.g)).toBe("sound");
  });
  return () => team;
}

/**
 * The same once, for a test that begins and ends its server itself.
 *
 * @param first Alice's device, where it is to be another than any
 */
export async function newTeam(db: Database, served: Served, first?: Device): Promise<Team> {
  const serverId = served.secret.serverId;
  const alice = first ?? (await newDevice(served, await newUser(served, "alice@example.com")));
  const bob = await newDevice(served, await newUser(served, "bob@example.com"));
  const g = value(await alice.run(({ create }) => create.createGroup(serverId, "Cloud")));
  return {
    db,
    served,
    alice,
    bob,
    g,
    async letIn(device, email, role) {
      const { code } = value(await alice.run(({ invite }) => invite.invite(g, { email, role })));
      const { secret } = value(await parseInvitationCode(code));
      value(await device.run(({ accept }) => accept.acceptOffer(serverId, secret)));
      const [accepted] = value(await alice.run(({ invite }) => invite.readAccepted(g)));
      if (!accepted) throw Error("nobody has accepted");
      value(await alice.run(({ invite }) => invite.confirmAccepted(g, accepted)));
      await inStep(device);
    },
    async share(device, ids) {
      value(await device.run(({ place }) => place.placeEntries(ids, g, "move", Date.now())));
    },
    viewOf: async (device) =>
      (await device.run(({ view }) => view.readGroups())).find((group) => group.g === g),
  };
}

/** Brings devices in step, one after the other, and none of them finds anything wrong. */
export async function inStep(...devices: Device[]): Promise<void> {
  for (const device of devices) expect(value(await device.sync()).troubles.size).toBe(0);
}
