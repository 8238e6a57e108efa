import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMfaConfig } from "../../../server/mfa/config.ts";
import { asTyped } from "../../../server/mfa/modules/as-typed.ts";
import { recoveryKind } from "../../../server/mfa/modules/recovery.ts";
import { type Form, readInput } from "../../../shared/mfa/form.ts";
import type { Shown } from "../../../shared/mfa/shown.ts";

const words = { en: "", "zh-CN": "" };
const formOf = (fields: readonly (readonly [string, number])[]): Form =>
  fields.map(([name, longest]) => ({ name, kind: "text", label: words, hint: null, longest }));

describe("readInput", () => {
  const fields = fc.uniqueArray(
    fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 20 })),
    {
      selector: ([name]) => name,
      maxLength: 5,
    },
  );

  it("gives what fits the form, without the blanks around it, and nothing else", () => {
    fc.assert(
      fc.property(
        fields,
        fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 30 })),
        (form, sent) => {
          const read = readInput(formOf(form), sent);
          const fits =
            Object.keys(sent).length === form.length &&
            form.every(([name, longest]) => {
              const text = Object.hasOwn(sent, name) ? sent[name]?.trim() : undefined;
              return text !== undefined && text !== "" && text.length <= longest;
            });
          expect(read.ok).toBe(fits);
          if (read.ok) for (const [name] of form) expect(read.value[name]).toBe(sent[name]?.trim());
        },
      ),
    );
  });

  it("takes whatever a form asks for, whichever names its fields have", () => {
    fc.assert(
      fc.property(fields, fc.string({ minLength: 1, maxLength: 1 }), (form, letter) => {
        fc.pre(letter.trim() !== "");
        const sent = Object.fromEntries(form.map(([name]) => [name, ` ${letter} `]));
        expect(readInput(formOf(form), sent)).toEqual({
          ok: true,
          value: Object.fromEntries(form.map(([name]) => [name, letter])),
        });
      }),
    );
  });

  it("finds no field that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__"])
      expect(readInput(formOf([[name, 99]]), {}).ok).toBe(false);
  });
});

describe("codes as they are typed", () => {
  const wide = (text: string) =>
    [...text].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join("");
  const dashes = fc.constantFrom("-", "–", "—", "－", " ", "\u00a0", "\u3000", "\u200b", "\t", "");
  const hashKey = new Uint8Array(32).fill(7);
  const site = { serverId: "s", origin: "https://example.com", extensionIds: [], hashKey };
  const module = recoveryKind.make({}, site as unknown as Parameters<typeof recoveryKind.make>[1]);
  const asked = {
    ...{ user: { id: "alice", email: "alice@example.com" }, factorId: "f", others: [], languages: [] },
    ...{ sessionId: "s", now: 0 },
  } as unknown as Parameters<typeof module.beginSetUp>[0];

  it("a recovery code is taken however it is written, and nothing that is not one of them", async () => {
    const begun = await module.beginSetUp(asked, {});
    if (!begun.ok) throw Error("refused");
    const { codes } = begun.value.shown[0] as Extract<Shown, { kind: "recovery-codes" }>;
    const verify = (code: string) =>
      module.verify(asked, { factor: begun.value.kept, challenge: {}, isSetUp: true }, { code });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codes),
        fc.array(fc.tuple(dashes, fc.constantFrom("up", "low", "wide", "like")), {
          minLength: 16,
          maxLength: 16,
        }),
        async (code, how) => {
          const letters = [...code.replaceAll("-", "")].map((letter, at) => {
            const [dash, as] = how[at] ?? ["", "up"];
            const like = { O: "0", I: "1", B: "8" }[letter] ?? letter;
            const written = { up: letter, low: letter.toLowerCase(), wide: wide(letter), like }[as];
            return `${dash}${written}`;
          });
          expect((await verify(letters.join(""))).ok).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.constantFrom(...codes).map((code) => code.slice(1)),
        ),
        async (code) => {
          expect(await verify(code)).toEqual({ ok: false, error: { reason: "wrong-code" } });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("digits are digits, whatever keyboard they come from", () => {
    expect(asTyped("１２３ ４５６")).toBe("123456");
    expect(asTyped("123\u2009456")).toBe("123456");
    expect(asTyped("\u200e123–456\u200f")).toBe("123456");
  });
});

describe("mfa.json", () => {
  const mistakes = (said: unknown) => {
    const parsed = parseMfaConfig(typeof said === "string" ? said : JSON.stringify(said));
    return parsed.ok ? [] : parsed.error;
  };

  it("is read whatever stands in it, and each mistake says where it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          for (const mistake of mistakes(text)) expect(mistake.length).toBeGreaterThan(3);
        },
      ),
    );
    expect(mistakes("{")).toEqual(["it is not JSON: look at line 1, column 2"]);
    expect(mistakes({ modules: [{ kind: "totp", onlyFor: ["alice"] }] }).join()).toContain(
      "modules.0.onlyFor.0",
    );
  });

  it("names every mistake at once", () => {
    const said = mistakes({
      ...{ required: "some", graceDays: -1, ask: { days: 0 }, weakCounts: true, resetWaitHours: 0 },
      modules: [{ kind: "totp", colour: "red" }, { kind: "fingerprint" }, { kind: "__proto__" }],
    }).join("\n");
    for (const where of [
      ...["required", "graceDays", "ask", "weakCounts", "resetWaitHours"],
      ...['modules.0: Unrecognized key: "colour"', "modules.1.kind", "modules.2.kind"],
    ])
      expect(said).toContain(where);
  });

  it("says nothing of what is in it, which may be secret", () => {
    const said = mistakes({
      modules: [
        { kind: "totp", issuer: { password: "hunter2" } },
        { kind: "recovery", token: "hunter2" },
      ],
    });
    expect(said.length).toBeGreaterThan(1);
    expect(said.join()).not.toContain("hunter2");
  });
});
