import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, changeEntry, readEntry } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

/** RFC 4226 appendix D. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const RFC_CODES = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split(" ");

async function addHotp(counter = 0): Promise<string> {
  await createVault();
  const [id = ""] = await addEntries([{ ...hotpDraft(1, counter), secret: RFC_SECRET }], { now: 1 });
  return id;
}

async function storedCounter(id: string): Promise<number | null> {
  const entry = await readEntry(id);
  if (!entry.ok) throw Error(entry.error);
  return entry.value.counter;
}

describe("a hotp entry", () => {
  it("gives the codes of RFC 4226 one after the other", async () => {
    const id = await addHotp();
    for (const [counter, code] of RFC_CODES.entries()) {
      expect(await advanceHotp(id, `press ${counter}`)).toEqual({ ok: true, value: { code, counter } });
      expect(await storedCounter(id)).toBe(counter + 1);
    }
  });

  it("gives the same press the same code again, later presses in between or not", async () => {
    const id = await addHotp();
    const first = await advanceHotp(id, "first");
    expect(await advanceHotp(id, "first")).toEqual(first);
    const second = await advanceHotp(id, "second");
    const before = await dumpDatabase();
    expect(await advanceHotp(id, "second")).toEqual(second);
    expect(await advanceHotp(id, "first")).toEqual(first);
    expect(await dumpDatabase()).toBe(before);
    expect(await storedCounter(id)).toBe(2);
  });

  it("gives presses at the same moment different counters, and one press a single one", async () => {
    const id = await addHotp();
    const presses = Array.from({ length: 20 }, (_, press) => `press ${press % 5}`);
    const codes = await Promise.all(presses.map((press) => advanceHotp(id, press)));
    const counters = codes.map((code) => (code.ok ? code.value.counter : -1));
    expect(new Set(counters)).toEqual(new Set([0, 1, 2, 3, 4]));
    for (const [at, press] of presses.entries()) expect(counters[at]).toBe(counters[presses.indexOf(press)]);
    expect(await storedCounter(id)).toBe(5);
  });

  it("gives no code where the counter can't be written", async () => {
    const id = await addHotp();
    const before = await dumpDatabase();
    const fail = () => {
      throw Error("the disk is full");
    };
    db.index.hook("updating", fail);
    await expect(advanceHotp(id, "press")).rejects.toThrow("disk");
    db.index.hook("updating").unsubscribe(fail);
    expect(await dumpDatabase()).toBe(before);
    expect(await advanceHotp(id, "press")).toMatchObject({ value: { counter: 0 } });
  });

  it("forgets what presses got when secret or counter are changed by hand", async () => {
    const id = await addHotp();
    await advanceHotp(id, "press");
    await changeEntry(id, { issuer: "Renamed" });
    expect(await advanceHotp(id, "press")).toMatchObject({ value: { counter: 0 } });
    await changeEntry(id, { counter: 9 });
    expect(await advanceHotp(id, "press")).toMatchObject({ value: { counter: 9 } });
  });

  it("that can't go on says why", async () => {
    const id = await addHotp(Number.MAX_SAFE_INTEGER);
    expect(await advanceHotp(id, "press")).toEqual({ ok: false, error: "counter-exhausted" });
    const [totp = "", bad = ""] = await addEntries([draft(2), { ...hotpDraft(3), secret: "A" }], { now: 1 });
    expect(await advanceHotp(totp, "press")).toEqual({ ok: false, error: "not-hotp" });
    expect(await advanceHotp(bad, "press")).toEqual({ ok: false, error: "bad-secret" });
    expect(await advanceHotp("nowhere", "press")).toEqual({ ok: false, error: "not-found" });
  });
});
