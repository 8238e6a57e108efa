import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appRouter } from "../../../server/router/index.ts";
import { can, type Permission, ROLES, type Role } from "../../../shared/group/permissions.ts";
import type { Log } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { addMember, type Joined, newGroup } from "../groups-over-http.ts";
import { outcome } from "../outcome.ts";
import { type Served, serve } from "../served.ts";
import { newOffer } from "./offers.ts";

onBothDatabases(({ open }) => {
  let served: Served;

  beforeEach(async () => {
    served = await serve(await open());
  });
  afterEach(() => served?.close());

  describe("what each role may ask of invitations", () => {
    const offerTo = (log: Log, by: Joined) => newOffer(by, { log, serverId: served.secret.serverId });
    type Ask = (by: Joined, log: Log) => Promise<unknown>;
    const g = ({ known }: Log) => known.core?.g ?? "";
    const PROCEDURES: Readonly<Record<string, { readonly permission: Permission; readonly ask: Ask }>> = {
      offer: {
        permission: "invite",
        ask: async (by, log) => by.api.invitation.offer.mutate((await offerTo(log, by)).request),
      },
      list: { permission: "invite", ask: ({ api }, log) => api.invitation.list.query({ g: g(log) }) },
      pending: { permission: "invite", ask: ({ api }, log) => api.invitation.pending.query({ g: g(log) }) },
    };

    it("follows from the table of permissions, in their own group; of another's they learn nothing", async () => {
      const [alice, eve] = [await served.join("alice@example.com"), await served.join("eve@example.com")];
      const foreign = await newGroup(eve);
      let log = await newGroup(alice);
      const members = new Map<Role, Joined>([["owner", alice]]);
      for (const role of ROLES.slice(0, -1)) {
        const member = await served.join(`${role}@example.com`);
        log = await addMember(log, alice, member, role);
        members.set(role, member);
      }
      for (const [role, member] of members) {
        for (const [name, { permission, ask }] of Object.entries(PROCEDURES)) {
          const expected = can(role, permission) ? "ok" : "rank";
          expect(await outcome(ask(member, log)), `${role} asks for ${name}`).toBe(expected);
          expect(await outcome(ask(member, foreign)), `${role} asks for ${name} elsewhere`).toBe("NOT_FOUND");
        }
        for (const name of ["revoke", "done"] as const) {
          const { request } = await offerTo(log, alice);
          await alice.api.invitation.offer.mutate(request);
          const taken = await outcome(member.api.invitation[name].mutate({ id: request.id }));
          expect(taken, `${role} asks for ${name}`).toBe(can(role, "invite") ? "ok" : "no-invitation");
        }
      }
    });

    it("leaves out no procedure of an invitation", () => {
      const all = Object.keys(appRouter._def.procedures).filter((name) => name.startsWith("invitation."));
      const asked = [...Object.keys(PROCEDURES), "revoke", "done"];
      // For whoever has the code, and for whoever has accepted one.
      const ofHolders = ["read", "log", "rotation", "accept", "waiting"];
      expect(all.sort()).toEqual([...asked, ...ofHolders].map((name) => `invitation.${name}`).sort());
    });
  });
});
