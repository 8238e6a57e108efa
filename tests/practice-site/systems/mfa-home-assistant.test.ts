import { beforeEach, describe, expect, test } from "vitest";
import { type ByHand, type Json, playByHand } from "./by-hand.ts";
import { PASSWORD } from "./system.ts";

let system: ByHand;

beforeEach(() => {
  system = playByHand("home-assistant");
});

describe("Home Assistant", () => {
  const setUp = (body: Json, token: string) => system.ask("auth/setup_mfa", body, token);
  const flow = (id: unknown, body: Json) => system.ask(`auth/login_flow/${id}`, body);

  async function enable() {
    const token = system.open("profile", "alice");
    const step = await setUp({ mfa_module_id: "totp" }, token);
    return {
      token,
      step,
      next: (with_: string) => setUp({ flow_id: step.flow_id, user_input: { code: with_ } }, token),
    };
  }
  async function upToCode() {
    const { flow_id } = await system.ask("auth/login_flow");
    return { flow_id, step: await flow(flow_id, { username: "alice", password: PASSWORD }) };
  }

  test("sets up in a flow of one form, which shows the same code after a wrong one and is gone at the end", async () => {
    const { token, step, next } = await enable();
    expect(step).toMatchObject({ type: "form", step_id: "init", data_schema: [{ name: "code" }] });
    expect(step.description_placeholders).toMatchObject({ qr_code: expect.stringMatching(/^<svg /) });
    const again = await next(system.wrongCode());
    expect(again).toMatchObject({ type: "form", errors: { base: "invalid_code" } });
    expect(again.description_placeholders).toEqual(step.description_placeholders);
    expect((await upToCode()).step).toMatchObject({ type: "create_entry" });
    const eve = system.open("profile", "eve");
    const body = { flow_id: step.flow_id, user_input: { code: system.code() } };
    expect(await setUp(body, eve)).toMatchObject({ status: 404 });
    expect(await setUp(body, token)).toMatchObject({ type: "create_entry" });
    expect(await setUp(body, token)).toMatchObject({ status: 404 });
  });

  test("aborts a sign-in that takes longer than five minutes, before it looks at the code", async () => {
    await (await enable()).next(system.code());
    system.later(30);
    const { flow_id, step } = await upToCode();
    expect(step).toMatchObject({ step_id: "mfa", description_placeholders: { mfa_module_id: "totp" } });
    system.later(300);
    expect(await flow(flow_id, { code: system.code() })).toMatchObject({
      type: "abort",
      reason: "login_expired",
    });
    expect(await flow(flow_id, { code: system.code() })).toMatchObject({ status: 404 });
    expect(await flow((await upToCode()).flow_id, { code: system.code() })).toMatchObject({
      type: "create_entry",
    });
  });

  test("aborts a sign-in after five wrong codes", async () => {
    await (await enable()).next(system.code());
    const { flow_id } = await upToCode();
    for (let time = 0; time < 4; time++)
      expect(await flow(flow_id, { code: system.wrongCode() })).toMatchObject({
        errors: { base: "invalid_code" },
      });
    expect(await flow(flow_id, { code: system.wrongCode() })).toMatchObject({
      type: "abort",
      reason: "too_many_retry",
    });
  });
});
