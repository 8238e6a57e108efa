import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseCsv } from "../../../server/mfa/bindings/parse-csv.ts";
import { type Known, planBindings } from "../../../server/mfa/bindings/plan.ts";

const KNOWN: Known = {
  modules: [{ id: "provider", onlyFor: null }],
  userIdsByEmail: new Map([
    ["alice@example.com", "A"],
    ["bob@example.com", "B"],
    ["eve@example.com", "E"],
  ]),
  bound: [],
};

const HEADER = "email,external_id,organization,user\n";
const mistakesOf = (text: string, known: Known = KNOWN) => {
  const plan = planBindings(text, known);
  return plan.ok ? [] : plan.error.map(({ line, why }) => `${line}: ${why}`);
};

describe("a file of bindings", () => {
  it("binds each person to one id, whichever accounts in whatever organisations lead to it", () => {
    const text = `\ufeff${HEADER}Alice@Example.com, E-1001 ,acme,alice\r\n\r\n"bob@example.com",E-1002,,\r\nalice@example.com,E-1001,"acme, labs","a ""lid"" dell"\r\n`;
    expect(planBindings(text, KNOWN)).toEqual({
      ok: true,
      value: {
        bindings: [
          {
            module: "provider",
            userId: "A",
            email: "alice@example.com",
            externalId: "E-1001",
            accounts: [
              { organization: "acme", user: "alice" },
              { organization: "acme, labs", user: 'a "lid" dell' },
            ],
          },
          { module: "provider", userId: "B", email: "bob@example.com", externalId: "E-1002", accounts: [] },
        ],
        already: [],
      },
    });
  });

  it("names every wrong row with its line, and does nothing of it then", () => {
    const text = [
      "email;external_id;organization;user",
      "alice@example.com;E-1;acme;alice",
      "",
      '"carol\n@example.com";E-2;acme;carol',
      "bob@example.com;;acme;bob",
      "bob@example.com;E-1;acme;robert",
      "alice@example.com;E-3;acme;liddell",
      "eve@example.com;E-4;acme;",
      "eve@example.com;E-4;acme;alice",
      "alice@example.com;E-1;acme;alice",
      "eve@example.com;E-4",
      "eve@example.com;E\u202e-4;acme;eve",
      ";E-5;;",
    ].join("\n");
    expect(mistakesOf(text)).toEqual([
      "4: nobody here has the address carol\n@example.com",
      "6: it has no external_id",
      "7: E-1 is alice@example.com in line 2",
      "8: alice@example.com has another external_id in line 2",
      "9: organization and user go together: both, or neither",
      "10: acme and alice lead to E-1 in line 2",
      "11: it says the same as line 2",
      "12: it has 2 cells, and the first line 4",
      "13: a cell is longer than 200 characters, or has signs in it that can't be seen",
      "14: it has no email",
    ]);
  });

  test.each([
    ["", "1: there is nothing in it"],
    [HEADER, "1: there is no row below it"],
    [
      "email,phone\na@example.com,1",
      '1: there is no column "phone": there are email, external_id, organization, user, module',
    ],
    ["email,email,external_id\n", "1: the column email is there twice"],
    ["email\nalice@example.com", "1: the column external_id is missing"],
    [
      `${HEADER}alice@example.com,"E-1,acme,alice\n`,
      "2: a quote opens or ends in the middle of a cell, or is never closed",
    ],
    [
      `${HEADER}\nalice@example.com,E"1,acme,alice\n`,
      "3: a quote opens or ends in the middle of a cell, or is never closed",
    ],
    [
      `${HEADER}alice@example.com,"E"1,acme,alice\n`,
      "2: a quote opens or ends in the middle of a cell, or is never closed",
    ],
  ])("%j can't be read, and says why", (text, mistake) => {
    expect(mistakesOf(text)).toContainEqual(mistake);
  });

  it("names the module where there are several", () => {
    const known = { ...KNOWN, modules: ["provider", "provider-old"].map((id) => ({ id, onlyFor: null })) };
    const text =
      "email,external_id,module\nalice@example.com,E-1,provider-old\nbob@example.com,E-1,provider\n";
    expect(planBindings(text, known)).toMatchObject({
      ok: true,
      value: { bindings: [{ module: "provider-old" }, {}] },
    });
    expect(mistakesOf("email,external_id\nalice@example.com,E-1", known)).toEqual([
      "2: it has no module: provider, provider-old",
    ]);
    expect(mistakesOf("email,external_id,module\nalice@example.com,E-1,totp", known)).toEqual([
      "2: there is no module totp",
    ]);
  });

  it("binds nobody by a module that is not for them", () => {
    const known = { ...KNOWN, modules: [{ id: "provider", onlyFor: new Set(["bob@example.com"]) }] };
    const text = "email,external_id\nalice@example.com,E-1\nBob@example.com,E-2";
    expect(mistakesOf(text, known)).toEqual(["2: provider is not for alice@example.com"]);
    expect(mistakesOf(text, { ...KNOWN, modules: [] })).toEqual([
      "1: mfa.json has no module of the kind provider to bind anybody to",
    ]);
  });

  it("leaves alone who is bound to that id already, and never binds to another or to somebody else's", () => {
    const known = { ...KNOWN, bound: [{ module: "provider", userId: "A", externalId: "E-1" }] };
    expect(
      planBindings("email,external_id\nalice@example.com,E-1\nbob@example.com,E-2", known),
    ).toMatchObject({
      ok: true,
      value: { already: [{ userId: "A" }], bindings: [{ userId: "B" }] },
    });
    expect(mistakesOf("email,external_id\nalice@example.com,E-2\nbob@example.com,E-1", known)).toEqual([
      "2: alice@example.com is bound here to another external_id",
      "3: E-1 is bound here to somebody else",
    ]);
  });
});

describe("a table", () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "字", '"', ",", ";", "\t", "\n", "\r\n", "\r", " "),
    maxLength: 8,
  });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it("is read as it was written, whatever is in its cells, and each row has its line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        (rows, end) => {
          let line = 2;
          const expected: { line: number; cells: string[] }[] = [{ line: 1, cells: ["a", "b"] }];
          for (const cells of rows) {
            const trimmed = cells.map((each) => each.trim());
            if (trimmed.some((each) => each !== "")) expected.push({ line, cells: trimmed });
            line += 1 + (cells.join(",").match(/\r\n?|\n/g)?.length ?? 0);
          }
          const text = ["a,b", ...rows.map((cells) => cells.map(quoted).join(","))].join(end);
          expect(parseCsv(text)).toEqual({ ok: true, value: expected });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never throws, and plans nothing for anybody who is not here", () => {
    const part = fc.constantFrom(
      "email",
      "external_id",
      "alice@example.com",
      "E-1",
      ",",
      '"',
      "\n",
      "\r",
      ";",
      " ",
      "\u0000",
      "module",
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
        fc.boolean(),
        (text, hasHeader) => {
          const plan = planBindings(hasHeader ? `email,external_id\n${text}` : text, KNOWN);
          if (plan.ok) for (const { userId } of plan.value.bindings) expect(userId).toBe("A");
          else for (const { line } of plan.error) expect(line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
