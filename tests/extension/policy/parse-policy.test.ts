import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_POLICY, parsePolicy, SETTINGS } from "../../../extension/policy/parse-policy.ts";

const NAMES = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

const settings = fc.record(
  {
    serverAddress: fc.webUrl({ validSchemes: ["https"], withFragments: false, withQueryParameters: false }),
    passphraseRequired: fc.boolean(),
    longestAutoLockMinutes: fc.integer({ min: 1, max: 1440 }),
    exportForbidden: fc.boolean(),
    backupForbidden: fc.boolean(),
    automaticFillingForbidden: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

describe("a policy", () => {
  it("is read whole", () => {
    const all = {
      serverAddress: "https://codes.example.com/team/",
      passphraseRequired: true,
      longestAutoLockMinutes: 10,
      exportForbidden: true,
      backupForbidden: true,
      automaticFillingForbidden: true,
    };
    expect(parsePolicy(all)).toEqual({ ...all, unread: [] });
  });

  it("sets nothing where nothing is set", () => {
    expect(parsePolicy({})).toEqual(NO_POLICY);
  });

  it("never throws, whatever it is", () => {
    fc.assert(
      fc.property(anything, (values) => {
        const policy = parsePolicy(values);
        expect(Object.keys(policy).sort()).toEqual(Object.keys(NO_POLICY).sort());
      }),
      { numRuns: 2000 },
    );
  });

  it("is not loosened by a setting that can't be read: the others hold, and that one is named", () => {
    const name = fc.oneof(fc.constantFrom<string>(...NAMES), fc.string(), fc.constant("__proto__"));
    fc.assert(
      fc.property(settings, name, anything, (values, name, value) => {
        const before = parsePolicy(values);
        const spoiled = Object.fromEntries([...Object.entries(values), [name, value]]);
        const after = parsePolicy(spoiled);
        for (const other of NAMES) if (other !== name) expect(after[other]).toEqual(before[other]);
        const setting = NAMES.find((each) => each === name);
        const heeded = setting !== undefined && SETTINGS[setting].safeParse(value).success;
        const named = after.unread.some((each) => each.why !== "all" && each.name === name);
        expect(named).toBe(value !== undefined && !heeded);
        if (setting !== undefined && !heeded) expect(after[setting]).toBe(NO_POLICY[setting]);
      }),
      { numRuns: 2000 },
    );
  });

  it("tells a value that can't be from a name that is none, and takes neither from a prototype", () => {
    const inherited = Object.create({ exportForbidden: true, nonsense: 1 });
    expect(parsePolicy(inherited)).toEqual(NO_POLICY);
    expect(parsePolicy({ exportForbiden: true, exportForbidden: "yes", toString: 1 }).unread).toEqual([
      { why: "unknown", name: "exportForbiden" },
      { why: "invalid", name: "exportForbidden" },
      { why: "unknown", name: "toString" },
    ]);
    for (const nothing of [null, undefined, "text", 7, ["exportForbidden"]])
      expect(parsePolicy(nothing)).toEqual({ ...NO_POLICY, unread: [{ why: "all" }] });
  });

  it("takes 0 and 1 for off and on, as the registry of Windows has them, and no other number", () => {
    expect(parsePolicy({ exportForbidden: 1, backupForbidden: 0 })).toEqual({
      ...NO_POLICY,
      exportForbidden: true,
    });
    expect(parsePolicy({ exportForbidden: 2 })).toMatchObject({
      exportForbidden: false,
      unread: [{ why: "invalid", name: "exportForbidden" }],
    });
  });

  it.each([0, 1441, -5, 1.5, "15", null, true, Number.NaN, Number.POSITIVE_INFINITY])(
    "has no longest time of %s minutes",
    (minutes) => {
      expect(parsePolicy({ longestAutoLockMinutes: minutes })).toMatchObject({
        longestAutoLockMinutes: null,
        unread: [{ why: "invalid", name: "longestAutoLockMinutes" }],
      });
    },
  );
});

describe("the address of the server", () => {
  it.each([
    ["https://codes.example.com", "https://codes.example.com/"],
    ["HTTPS://Codes.Example.com:8443/team", "https://codes.example.com:8443/team"],
    ["http://localhost:3000", "http://localhost:3000/"],
    ["http://127.0.0.1:3000/", "http://127.0.0.1:3000/"],
  ])("may be %s", (written, read) => {
    expect(parsePolicy({ serverAddress: written })).toEqual({ ...NO_POLICY, serverAddress: read });
  });

  it.each([
    "http://codes.example.com",
    "http://localhost.example.com",
    "https://alice:secret@codes.example.com",
    "https://codes.example.com/?token=1",
    "https://codes.example.com/#team",
    "codes.example.com",
    "ftp://codes.example.com",
    "javascript:alert(1)",
    "",
    `https://codes.example.com/${"a".repeat(2000)}`,
  ])("may not be %s", (address) => {
    expect(parsePolicy({ serverAddress: address })).toMatchObject({
      serverAddress: null,
      unread: [{ why: "invalid", name: "serverAddress" }],
    });
  });
});
