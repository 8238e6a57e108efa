import { beforeEach, describe, expect, test } from "vitest";
import { type ByHand, type Json, playByHand } from "./by-hand.ts";
import { PASSWORD } from "./system.ts";

let system: ByHand;

beforeEach(() => {
  system = playByHand("authing");
});

describe("Authing", () => {
  const MFA = "api/v2/mfa/totp";
  const login = (account: string) => system.ask("api/v2/login/account", { account, password: PASSWORD });

  async function bind(account = "alice@example.com") {
    const token = system.open("bind", account);
    const { data } = await system.ask(`${MFA}/associate`, { authenticator_type: "totp" }, token);
    expect(await system.ask(`${MFA}/associate/confirm`, { totp: system.code() }, token)).toMatchObject({
      code: 200,
    });
    return data as Json;
  }
  const tokenOf = ({ data }: Json) => String((data as Json).mfaToken);

  test("gives a PNG and a recovery code, and asks for a code only after it is confirmed", async () => {
    const token = system.open("bind", "alice@example.com");
    const { data } = await system.ask(`${MFA}/associate`, {}, token);
    expect(data).toMatchObject({
      qrcode_data_url: expect.stringMatching(/^data:image\/png;base64,/),
      qrcode_uri: expect.stringContaining("&period=30&digits=6&algorithm=SHA1&issuer=playground"),
      recovery_code: expect.stringMatching(/^([0-9a-f]{4}-){5}[0-9a-f]{4}$/),
    });
    expect(await system.ask(`${MFA}/associate/confirm`, { totp: system.wrongCode() }, token)).toMatchObject({
      status: 400,
    });
    expect(await login("alice@example.com")).toMatchObject({ code: 200 });
    await system.ask(`${MFA}/associate/confirm`, { totp: system.code() }, token);
    expect(await login("alice@example.com")).toMatchObject({ code: 1636 });
  });

  test("takes a code with the token of this sign-in alone, and uses none up with another", async () => {
    await bind();
    await bind("eve@example.com");
    system.later(30);
    const mine = tokenOf(await login("alice@example.com"));
    expect(await system.ask(`${MFA}/verify`, { totp: system.code() }, "made up")).toMatchObject({
      status: 401,
    });
    const old = tokenOf(await login("alice@example.com"));
    expect(await system.ask(`${MFA}/verify`, { totp: system.wrongCode() }, mine)).toMatchObject({
      code: 6001,
    });
    expect(await system.ask(`${MFA}/verify`, { totp: system.code() }, mine)).toMatchObject({ code: 200 });
    expect(await system.ask(`${MFA}/verify`, { totp: system.code() }, mine)).toMatchObject({ status: 401 });
    system.later(360);
    expect(await system.ask(`${MFA}/verify`, { totp: system.code() }, old)).toMatchObject({ status: 401 });
  });

  test("takes a recovery code once, for the person it was given to, and gives the next", async () => {
    const { recovery_code: recoveryCode } = await bind();
    await bind("eve@example.com");
    const recover = async (account: string, with_: unknown) =>
      system.ask(`${MFA}/recovery`, { recoveryCode: with_ }, tokenOf(await login(account)));
    expect(await recover("eve@example.com", recoveryCode)).toMatchObject({ code: 6002 });
    const first = await recover("alice@example.com", recoveryCode);
    expect(first).toMatchObject({ code: 200 });
    expect(await recover("alice@example.com", recoveryCode)).toMatchObject({ code: 6002 });
    expect(await recover("alice@example.com", first.recoveryCode)).toMatchObject({ code: 200 });
  });
});
