import { describe, expect, it } from "vitest";
import {
  can,
  isWithinReach,
  PERMISSIONS,
  type Permission,
  ROLES,
} from "../../../shared/group/permissions.ts";

describe("permissions", () => {
  it("only grow with rank: who ranks higher may do all that those below may", () => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      const allowed = ROLES.map((role) => can(role, permission));
      expect(allowed, permission).toEqual([...allowed].sort());
      expect(allowed.at(-1), `an owner may ${permission}`).toBe(true);
    }
  });

  it("reach below one's own rank, and an owner's to everybody", () => {
    const reach = ROLES.map((actor) => ROLES.filter((of) => isWithinReach(actor, of)));
    expect(reach).toEqual([
      [],
      ["guest"],
      ["guest", "viewer"],
      ["guest", "viewer", "editor"],
      ["guest", "viewer", "editor", "admin", "owner"],
    ]);
  });
});
