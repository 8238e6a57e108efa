import { beforeEach, describe, expect, test } from "vitest";
import { type ByHand, playByHand } from "./by-hand.ts";
import { PASSWORD } from "./system.ts";

let system: ByHand;

beforeEach(() => {
  system = playByHand("ones");
});

describe("ONES", () => {
  const login = (email: string) => system.ask("login", { email, password: PASSWORD });

  test("says with 200 what is right, and with errcode, model, reason and type what is not", async () => {
    const session_id = system.open("bind", "alice@example.com");
    expect(await system.ask("hasBound", { session_id })).toMatchObject({
      status: 200,
      code: 200,
      has_bound: false,
    });
    await system.ask("device", { session_id });
    expect(await system.ask("bind", { session_id, code: system.wrongCode() })).toEqual({
      status: 400,
      errcode: "InvalidParameter.TwoFactor.InvalidCode",
      model: "TwoFactor",
      reason: "InvalidCode",
      type: "InvalidParameter",
    });
    expect(await system.ask("bind", { session_id, code: system.code() })).toMatchObject({
      status: 200,
      code: 200,
    });
    system.later(30);
    const again = await login("alice@example.com");
    expect(await system.ask("hasBound", { session_id: again.session_id })).toMatchObject({
      has_bound: true,
    });
    const valid = () => system.ask("isCodeValid", { session_id: again.session_id, code: system.code() });
    expect(await valid()).toMatchObject({ status: 200, code: 200 });
    expect(await valid()).toMatchObject({ status: 400, reason: "InvalidCode" });
    system.later(600);
    expect(await valid()).toMatchObject({ status: 401, reason: "SessionExpired" });
  });

  test("takes nobody's code who has bound nothing", async () => {
    const { session_id } = await login("eve@example.com");
    expect(await system.ask("isCodeValid", { session_id, code: system.code() })).toMatchObject({
      reason: "NotBound",
    });
  });
});
