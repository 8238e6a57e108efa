import { beforeEach, describe, expect, test } from "vitest";
import { Accounts, type Enrolment } from "./accounts.ts";
import { hotpCode, timeStep } from "./expected-code.ts";

const secret = Buffer.from("12345678901234567890");
const totp: Enrolment = { type: "totp", secret, algorithm: "SHA1", digits: 6, period: 30, counter: 0 };
const now = 1_700_000_010_000;

let accounts: Accounts;

beforeEach(() => {
  accounts = new Accounts();
  accounts.enrol("alice", totp);
});

/** Alice's code `steps` time steps from now. */
function code(steps = 0): string {
  return hotpCode(secret, timeStep(now, 30) + steps, "SHA1", 6);
}

describe("a site that checks one code", () => {
  test("accepts the code of now", () => {
    expect(accounts.verify("alice", code(), now)).toEqual({ accepted: true });
  });

  test.each([-1, 1])("accepts the code %i step away, for clocks that differ", (steps) => {
    expect(accounts.verify("alice", code(steps), now)).toEqual({ accepted: true });
  });

  test.each([-2, 2])("refuses the code %i steps away", (steps) => {
    expect(accounts.verify("alice", code(steps), now)).toEqual({ accepted: false, why: "the code is wrong" });
  });

  test("refuses a code the second time", () => {
    accounts.verify("alice", code(), now);
    expect(accounts.verify("alice", code(), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/used already/),
    });
  });

  test("refuses an older code after a newer one", () => {
    accounts.verify("alice", code(), now);
    expect(accounts.verify("alice", code(-1), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/used already/),
    });
  });

  test("refuses a code of another length", () => {
    expect(accounts.verify("alice", `0${code()}`, now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/6 characters/),
    });
  });

  test("refuses everyone who is not enrolled", () => {
    expect(accounts.verify("eve", code(), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/not enrolled/),
    });
  });

  test("forgets the old secret when an account is enrolled again", () => {
    accounts.enrol("alice", { ...totp, secret: Buffer.from("another secret") });
    expect(accounts.verify("alice", code(), now)).toMatchObject({ accepted: false });
  });

  test("follows the counter of a counter-based account, and never back", () => {
    accounts.enrol("bob", { ...totp, type: "hotp", counter: 3 });
    const codeOf = (counter: number) => hotpCode(secret, counter, "SHA1", 6);
    expect(accounts.verify("bob", codeOf(2), now)).toMatchObject({ accepted: false });
    expect(accounts.verify("bob", codeOf(3), now)).toEqual({ accepted: true });
    expect(accounts.verify("bob", codeOf(3), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/used already/),
    });
    expect(accounts.verify("bob", codeOf(6), now)).toEqual({ accepted: true });
    expect(accounts.verify("bob", codeOf(5), now)).toMatchObject({ accepted: false });
  });
});

describe("a site that checks two codes", () => {
  test.each([
    [-2, -1],
    [-1, 0],
    [0, 1],
  ])("accepts the codes of the consecutive steps %i and %i", (first, second) => {
    expect(accounts.verifyTwo("alice", code(first), code(second), now)).toEqual({ accepted: true });
  });

  test.each([
    ["the same code twice", 0, 0, /different/],
    ["the codes in the wrong order", 0, -1, /does not follow/],
    ["codes with one between them", -1, 1, /does not follow/],
    ["a second code from the future", 1, 2, /not valid yet/],
    ["a first code that is too old", -3, -2, /first code is wrong/],
  ])("refuses %s", (_, first, second, why) => {
    expect(accounts.verifyTwo("alice", code(first), code(second), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(why),
    });
  });

  test("uses both codes up", () => {
    accounts.verifyTwo("alice", code(-1), code(0), now);
    expect(accounts.verify("alice", code(0), now)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(/used already/),
    });
    expect(accounts.verifyTwo("alice", code(-1), code(0), now)).toMatchObject({ accepted: false });
  });

  test("uses none up when it refuses", () => {
    accounts.verifyTwo("alice", code(0), "000000", now);
    expect(accounts.verify("alice", code(0), now)).toEqual({ accepted: true });
  });
});
