import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { bytesToBase64, bytesToBase64url, bytesToHex } from "../../../shared/bytes.ts";
import { sealDeviceLabel } from "../../../shared/identity/device-label.ts";
import { accountKeyOf, formatKit } from "../../../shared/identity/recovery-key.ts";
import { random } from "../../shared/group/people.ts";
import { onBothDatabases } from "../databases.ts";
import { openRecovery, passwordChange, recovery, signIn } from "./account.ts";
import { ALICE, NEW, OLD, serveAccounts } from "./serve-accounts.ts";

/** Every way in which bytes may be written down. */
function spellings(bytes: Uint8Array): string[] {
  return [
    bytesToBase64(bytes),
    bytesToBase64url(bytes),
    bytesToHex(bytes),
    Buffer.from(bytes).toString("latin1"),
  ];
}

/** A column's value, bytes as they are. */
function asText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);
}

onBothDatabases(({ kind, newPlace, open }) => {
  it("nothing that a person keeps to themselves is in the database, its journal or the log", async () => {
    const where = await newPlace();
    const db = await open(where);
    const { served, place, join } = await serveAccounts(db);
    try {
      const alice = await join(ALICE);
      const accountKey = await accountKeyOf(alice.recoveryKey);
      const [session] = await alice.api.user.sessions.query();
      const owner = { serverId: place.serverId, userId: alice.userId, sessionId: session?.id ?? "" };
      const label = await sealDeviceLabel(accountKey, owner, "the laptop at the harbour office");
      if (!label.ok) throw Error(label.error);
      await alice.api.user.labelSession.mutate({ label: bytesToBase64url(label.value) });
      const groups = { harbourharbourharbour0: { n: 4, head: "A".repeat(43) } };
      const shared = { ...alice, bundle: { ...alice.bundle, groups } };
      await alice.api.user.finishPasswordChange.mutate(await passwordChange(place, shared, NEW));
      const last = "the password after the paper";
      const opened = await openRecovery(place, ALICE, alice.recoveryKey, last);
      const { sent, newKey, next } = await recovery(place, opened, alice.recoveryKey);
      const { token } = await served.api().user.recover.mutate(sent);
      expect(await signIn(place, ALICE, last)).not.toBeNull();
      expect(next.groups).toEqual(groups);

      const rows: string[] = [];
      for (const { name } of await db.introspection.getTables())
        for (const row of (await sql<object>`select * from ${sql.table(name)}`.execute(db)).rows)
          for (const value of Object.values(row)) rows.push(asText(value));
      const stored = [
        ...rows,
        ...(kind === "sqlite" ? [where, `${where}-wal`] : [])
          .filter(existsSync)
          .map((path) => readFileSync(path, "latin1")),
        ...served.logged,
      ].join("\n");
      expect(stored).toContain(ALICE);
      const secrets = [alice.recoveryKey, newKey, accountKey, alice.dek].flatMap(spellings);
      const words = [
        ...[OLD, NEW, last, token, alice.token, alice.bundle.signingSeed, alice.bundle.openingSecret],
        ...["harbour office", "harbourharbour", opened.round, sent.round],
        ...[await formatKit(alice.recoveryKey), await formatKit(newKey)].map((kit) => kit.slice(5, 16)),
      ];
      for (const secret of [...secrets, ...words]) expect(stored).not.toContain(secret);
      // What is looked for in this way is found where it is.
      const canary = random(32);
      await db.updateTable("user").set({ bundle: canary }).execute();
      const [row] = await db.selectFrom("user").select("bundle").execute();
      expect(spellings(canary)).toContain(asText(row?.bundle));
    } finally {
      await served.close();
    }
  });
});
