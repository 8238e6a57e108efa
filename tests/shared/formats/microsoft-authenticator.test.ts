import { expect, test } from "vitest";
import { readFixture } from "../../support/read-sample.ts";

test("Microsoft Authenticator's database is read though its app wrote ahead of it, each kind by its own rules", async () => {
  expect(await readFixture("microsoft-authenticator.sqlite")).toMatchObject({
    ok: true,
    value: {
      format: "microsoft-authenticator",
      entries: [
        { draft: { issuer: "Example", account: "alice", secret: "JBSWY3DPEHPK3PXP", digits: 6 } },
        { draft: { issuer: "Microsoft", secret: "JBSWY3DPEHPK3PXPZL7LVPQB", digits: 8, period: 30 } },
      ],
      rejected: [
        { label: "Work: alice@example.org", reason: "microsoft-push" },
        { label: "Sealed: alice", reason: "secret-hidden" },
      ],
    },
  });
});
