import { describe, expect, it } from "vitest";
import { ADMIN_COMMANDS } from "../../../server/admin.ts";
import { onBothDatabases } from "../databases.ts";
import { outcome } from "../outcome.ts";
import { configWith } from "../served.ts";
import { ALICE } from "../users/serve-accounts.ts";
import { aliceAtServer, levelsOf, signInAgain } from "./alice-at-server.ts";
import { setUpTotp } from "./with-factor.ts";

onBothDatabases(({ open }) => {
  const at = aliceAtServer(open);

  /** What a command says at the end, done or not. */
  async function admin(name: string, address?: string): Promise<string> {
    const command = ADMIN_COMMANDS[name];
    const administered = { db: at.db, config: configWith(), secret: at.server.served.secret };
    if (command === undefined) throw Error(`there is no ${name}`);
    const said = await (command.takes === null
      ? command.run(administered)
      : command.run(administered, address ?? ""));
    return said.ok ? said.value : `not done: ${said.error}`;
  }

  describe("npm run server -- admin", () => {
    it("reset-factors lets the first owner in again who has lost every factor", async () => {
      const { token } = await setUpTotp(at.alice.api, Date.now());
      expect(await admin("reset-factors", "ALICE@example.com")).toContain("one was taken away");
      expect(await admin("reset-factors", ALICE)).toBe(`not done: ${ALICE} has no second factor.`);
      expect(await admin("reset-factors", "eve@example.com")).toContain(
        "not done: Nobody here has the address",
      );
      const { lacks, api } = await signInAgain(at);
      expect(lacks).toBe(null);
      expect(await levelsOf(at, token)).toEqual(["aal1", "aal1"]);
      const told = await api.mfa.activity.query();
      expect(told.map(({ what, byUser }) => [what, byUser])).toContainEqual(["reset-by-administrator", null]);
    });

    it("administrators are listed, made and unmade, whoever came first being one", async () => {
      const bob = await at.server.join("bob@example.com");
      expect(await admin("administrators")).toBe(`address\tfactors\tstate\n${ALICE}\t0`);
      expect(await admin("make-administrator", "bob@example.com")).toContain("administers the server");
      expect(await admin("make-administrator", "bob@example.com")).toContain("already");
      expect((await admin("administrators")).split("\n")).toHaveLength(3);
      const { token } = await setUpTotp(bob.api, Date.now());
      const reset = () =>
        outcome(at.server.place.api(token).mfa.resetFactors.mutate({ userId: at.alice.userId }));
      expect(await reset()).toBe("no-factor");
      expect(await admin("unmake-administrator", "bob@example.com")).toContain("no longer");
      expect(await admin("unmake-administrator", "bob@example.com")).toContain("not done");
      // In the session that he has, too.
      expect(await reset()).toBe("rank");
      await admin("unmake-administrator", ALICE);
      expect(await admin("administrators")).toContain("Nobody administers the server");
    });

    it("users says how many factors each has, and who administers", async () => {
      await setUpTotp(at.alice.api, Date.now());
      await at.server.join("bob@example.com");
      await admin("suspend", "bob@example.com");
      const rows = (await admin("users")).split("\n").map((line) => line.split("\t"));
      const [alice, bob] = [ALICE, "bob@example.com"].map((email) => rows.find(([first]) => first === email));
      expect(rows[0]).toEqual(["address", "id", "since", "sessions", "factors", "state"]);
      expect(alice?.slice(3)).toEqual(["1", "1", "administrator"]);
      expect(bob?.slice(3)).toEqual(["0", "0", "suspended"]);
    });
  });
});
