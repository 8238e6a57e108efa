import { expect, it } from "vitest";
import { onBothDatabases } from "../databases.ts";
import { aliceAtServer } from "./alice-at-server.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  it("says with the level whether somebody is an administrator, as whoever came first is", async () => {
    const bob = await at.server.join("bob@example.com");
    const levels = await Promise.all(
      [at.alice, bob].map(({ api }) => api.mfa.getAuthenticatorAssuranceLevel.query()),
    );
    expect(levels.map(({ isAdministrator }) => isAdministrator)).toEqual([true, false]);
  });
});
