import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatKit, newRecoveryKey, parseKit } from "../../../shared/identity/recovery-key.ts";

const key = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => new Uint8Array(bytes) as Uint8Array<ArrayBuffer>);

describe("a recovery kit", () => {
  it("is eight groups of five letters after its prefix", async () => {
    expect(await formatKit(newRecoveryKey())).toMatch(/^CSR1(-[A-Z2-7]{5}){8}$/);
    await expect(formatKit(new Uint8Array(19))).rejects.toThrow("20 bytes");
  });

  it("is read back as it was printed, and as people type it", async () => {
    await fc.assert(
      fc.asyncProperty(key, async (recoveryKey) => {
        const printed = await formatKit(recoveryKey);
        const bare = printed.slice("CSR1-".length);
        const typed = [
          printed,
          printed.toLowerCase(),
          bare,
          bare.replaceAll("-", ""),
          bare.replaceAll("-", " – "),
          `\n  ${printed.replace(/(-\w{5}-\w{5})/g, "$1\r\n")}\t`,
          bare.replaceAll("O", "0").replaceAll("I", "1").replaceAll("B", "8"),
        ];
        for (const each of typed)
          expect(await parseKit(each), each).toEqual({ ok: true, value: recoveryKey });
      }),
      { numRuns: 60 },
    );
  });

  it("is read where its own letters look like the prefix", async () => {
    const bytes = new Uint8Array(20);
    bytes.set([0x14, 0xa3, 0x10]);
    const bare = (await formatKit(bytes)).slice("CSR1-".length).replaceAll("-", "");
    expect(bare.slice(0, 4)).toBe("CSRR");
    expect(await parseKit(bare)).toEqual({ ok: true, value: bytes });
    bytes.set([0x14, 0xa2, 0x80]);
    const typed = (await formatKit(bytes)).slice("CSR1-".length).replaceAll("I", "1");
    expect(typed.slice(0, 4)).toBe("CSR1");
    expect(await parseKit(typed)).toEqual({ ok: true, value: bytes });
  });

  it("with any letter wrong is mistyped, with one missing incomplete, with one twice mistyped", async () => {
    const printed = await formatKit(newRecoveryKey());
    for (let at = 5; at < printed.length; at++) {
      if (printed[at] === "-") continue;
      const letter = printed[at] === "A" ? "C" : "A";
      const [before, after] = [printed.slice(0, at), printed.slice(at + 1)];
      expect(await parseKit(before + letter + after)).toEqual({ ok: false, error: "mistyped" });
      expect(await parseKit(before + after)).toEqual({ ok: false, error: "incomplete" });
      expect(await parseKit(before + printed[at] + printed[at] + after)).toMatchObject({ error: "mistyped" });
      // A nine is like no letter.
      expect(await parseKit(`${before}9${after}`)).toEqual({ ok: false, error: "mistyped" });
    }
    for (let missing = 1; missing < 40; missing++)
      expect(await parseKit(printed.replaceAll("-", "").slice(0, -missing))).toMatchObject({
        error: "incomplete",
      });
  });

  it.each([
    ["", "not-a-kit"],
    ["correct horse battery, staple", "not-a-kit"],
    [`CS1-${"A".repeat(100)}`, "not-a-kit"],
    ["A".repeat(100_000), "not-a-kit"],
    [`CSR2-${"ABCDE-".repeat(8)}`, "newer-version"],
    ["CSR1-ABCDE", "incomplete"],
    ["A".repeat(40), "mistyped"],
  ])("%s is refused as %s", async (text, error) => {
    expect(await parseKit(text)).toEqual({ ok: false, error });
  });

  it("is read or refused, whatever is typed", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(..."ABCxyz01289 -\n"), maxLength: 60 }),
      fc.string().map((rest) => `CSR1-${rest}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        expect((await parseKit(typed)).ok).toBe(false);
      }),
    );
  });
});
