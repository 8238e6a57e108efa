import { beforeEach, expect, it } from "vitest";
import type { FactorSession } from "../../../extension/servers/factor-session.ts";
import { takeBack } from "../../../extension/servers/factors.ts";
import { err, ok } from "../../../shared/result.ts";

/** A factor that was begun in another page, as the server has it by now. */
let status: "unverified" | "verified" | null;
let removed: string[];
let isHeard: boolean;
beforeEach(() => {
  [status, removed, isHeard] = ["unverified", [], true];
});
const api = {
  mfa: {
    listFactors: { query: async () => ({ all: status === null ? [] : [{ id: "begun", status }] }) },
    unenroll: {
      mutate: async ({ factorId }: { factorId: string }) => {
        removed.push(factorId);
        return { factorId };
      },
    },
  },
};
const session = {
  ask: async (call: (given: typeof api) => Promise<unknown>) =>
    isHeard ? ok(await call(api)) : err("unreachable"),
} as unknown as FactorSession;

it("takes back what was never proven", async () => {
  expect(await takeBack(session, "begun", [])).toEqual(ok("gone"));
  expect(removed).toEqual(["begun"]);
});

it("leaves what was proven meanwhile, and says so", async () => {
  status = "verified";
  expect(await takeBack(session, "begun", [])).toEqual(ok("proven"));
  expect(removed).toEqual([]);
});

it("says that it is gone where another page was quicker, and nothing where the server is not heard", async () => {
  status = null;
  expect(await takeBack(session, "begun", [])).toEqual(ok("gone"));
  isHeard = false;
  expect(await takeBack(session, "begun", [])).toEqual(err("unreachable"));
  expect(removed).toEqual([]);
});
