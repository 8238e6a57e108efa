import { describe, expect, it } from "vitest";
import { chooseAutoSiteEntry } from "../../../extension/autofill/auto-site-entry.ts";
import type { IndexRow } from "../../../extension/vault/index-row.ts";

const site = { origin: "https://login.bank.example", entryId: "alice" };

function row(id: string, changes: Partial<IndexRow> = {}): IndexRow {
  return {
    id,
    type: "totp",
    issuer: "Bank",
    account: id,
    sites: ["login.bank.example"],
    tags: [],
    digits: 6,
    period: 30,
    pinned: false,
    order: 0,
    uses: 0,
    lastUsedAt: null,
    deletedAt: null,
    secretSetAt: 0,
    problem: null,
    fingerprint: null,
    ...changes,
  };
}
const chosen = (rows: readonly IndexRow[], of: typeof site = site) => {
  const choice = chooseAutoSiteEntry(rows, of);
  return choice.kind === "one" ? choice.row.id : choice.kind === "none" ? choice.why : choice.kind;
};

describe("the account that is filled by itself", () => {
  it("is the one it was switched on for", () => {
    expect(chosen([row("alice")])).toBe("alice");
    expect(chosen([row("alice", { type: "steam" })])).toBe("alice");
  });

  it("is no other, be it the only one of that host: nobody has chosen it", () => {
    expect(chosen([row("bob"), row("alice")])).toBe("alice");
    expect(chosen([row("bob")])).toBe("others");
    expect(chosen([row("bob"), row("eve")])).toBe("others");
    expect(chosen([row("bob"), row("alice", { sites: [] })])).toBe("others");
    expect(chosen([row("bob"), row("alice", { deletedAt: 1 })])).toBe("others");
  });

  it("is bound to exactly that host and port", () => {
    for (const other of [
      "bank.example",
      "www.login.bank.example",
      "login.bank.example:8443",
      "*.bank.example",
    ]) {
      expect(chosen([row("alice", { sites: [other] })]), other).toBe("unbound");
    }
    const ported = { origin: "https://login.bank.example:8443", entryId: "alice" };
    expect(chosen([row("alice")], ported)).toBe("unbound");
    expect(chosen([row("alice", { sites: ["login.bank.example:8443"] })], ported)).toBe("alice");
  });

  it("never counts: a counter does not move without a press", () => {
    expect(chosen([row("alice", { type: "hotp", period: null })])).toBe("kept");
    expect(chosen([row("alice", { type: "hotp", period: null }), row("bob")])).toBe("others");
  });

  it("is none that is in the trash or can't be read, and the site stays for when it comes back", () => {
    expect(chosen([row("alice", { deletedAt: 1 })])).toBe("kept");
    expect(chosen([row("alice", { problem: "damaged" })])).toBe("kept");
    expect(chosen([row("alice", { problem: "damaged", sites: [] })])).toBe("kept");
  });
});
