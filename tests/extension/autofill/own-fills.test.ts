import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimOwnFill, type OwnFillRecord, settleOwnFill } from "../../../extension/autofill/own-fills.ts";
import { browser } from "../../../extension/platform/browser.ts";

const fill: OwnFillRecord = {
  document: "document-1",
  origin: "https://login.bank.example",
  entryId: "alice",
  step: 100,
  at: 1_000_000,
  submit: false,
};

describe("a fill that nobody asked for", () => {
  it("is claimed once for a document and step, however many ask at the same time", async () => {
    const claims = await Promise.all([claimOwnFill(fill), claimOwnFill(fill), claimOwnFill(fill)]);
    expect(claims.map(({ kind }) => kind).sort()).toEqual(["again", "again", "claimed"]);
  });

  it("that came to nothing may be tried again in the same step", async () => {
    await claimOwnFill(fill);
    await settleOwnFill(fill, null);
    expect((await claimOwnFill(fill)).kind).toBe("claimed");
  });

  it("happens at most three times in a document, and never twice with one code, whatever the page does", async () => {
    const asks = fc.array(
      fc.record({
        document: fc.constantFrom("one", "two"),
        entryId: fc.constantFrom("alice", "bob"),
        step: fc.integer({ min: 100, max: 104 }),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(asks, async (asked) => {
        await browser.storage.session.clear();
        const claimed: string[] = [];
        for (const ask of asked) {
          const claim = await claimOwnFill({ ...fill, ...ask });
          if (claim.kind === "claimed") claimed.push(`${ask.document} ${ask.entryId} ${ask.step}`);
        }
        expect(new Set(claimed).size).toBe(claimed.length);
        for (const document of ["one", "two"]) {
          expect(claimed.filter((each) => each.startsWith(document)).length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("sending the form off", () => {
  const asked = { ...fill, submit: true };
  const submitOf = async (record: OwnFillRecord) => {
    const claim = await claimOwnFill(record);
    return claim.kind === "claimed" ? claim.submit : claim.kind;
  };

  it("is done once in a document", async () => {
    expect(await submitOf(asked)).toBe(true);
    expect(await submitOf({ ...asked, step: 110, at: asked.at + 300_000 })).toBe(false);
  });

  it("is left to the person where the site asks again within two minutes: it may have refused the code", async () => {
    expect(await submitOf(asked)).toBe(true);
    expect(await submitOf({ ...asked, document: "document-2", step: 101, at: asked.at + 30_000 })).toBe(
      false,
    );
    expect(await submitOf({ ...asked, document: "document-3", step: 104, at: asked.at + 121_000 })).toBe(
      true,
    );
  });

  it("that the page did not let happen does not count", async () => {
    await submitOf(asked);
    await settleOwnFill(asked, { submitted: false });
    expect(await submitOf({ ...asked, document: "document-2", step: 101, at: asked.at + 30_000 })).toBe(true);
  });

  it("at one site has nothing to do with another", async () => {
    expect(await submitOf(asked)).toBe(true);
    expect(await submitOf({ ...asked, document: "document-2", origin: "https://mail.example" })).toBe(true);
  });
});
