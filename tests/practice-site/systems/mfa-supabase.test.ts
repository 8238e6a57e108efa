import { beforeEach, describe, expect, test } from "vitest";
import { type ByHand, type Json, playByHand } from "./by-hand.ts";
import { PASSWORD } from "./system.ts";

let system: ByHand;

beforeEach(() => {
  system = playByHand("supabase");
});

describe("Supabase", () => {
  const FACTORS = "auth/v1/factors";
  const password = (email: string) => system.ask("auth/v1/token", { email, password: PASSWORD });

  async function enroll(email = "alice@example.com") {
    const token = system.open("enroll", email);
    const { id, totp } = await system.ask(FACTORS, { factor_type: "totp" }, token);
    return { token, id: String(id), totp: totp as Json };
  }
  const challenge = (id: string, token: string) => system.ask(`${FACTORS}/${id}/challenge`, {}, token);
  const verify = (id: string, challenge_id: unknown, token: string, with_ = system.code()) =>
    system.ask(`${FACTORS}/${id}/verify`, { challenge_id, code: with_ }, token);
  const aal = ({ access_token }: Json) =>
    JSON.parse(Buffer.from(String(access_token).split(".")[1] ?? "", "base64url").toString()).aal;

  test("shows an SVG with the address of its site as issuer, port included", async () => {
    const { totp } = await enroll();
    expect(totp.qr_code).toMatch(/^<svg [^#]*<\/svg>$/);
    expect(totp.uri).toMatch(/^otpauth:\/\/totp\/127\.0\.0\.1:4321:alice@example\.com\?/);
    expect(new URL(String(totp.uri)).searchParams.get("issuer")).toBe("127.0.0.1:4321");
  });

  test("leaves a factor unverified after a wrong code, and takes the right one for a new challenge", async () => {
    const { token, id } = await enroll();
    const first = await challenge(id, token);
    expect(await verify(id, first.id, token, system.wrongCode())).toMatchObject({
      status: 422,
      code: "mfa_verification_failed",
    });
    expect(await password("alice@example.com")).toMatchObject({
      user: { factors: [{ status: "unverified" }] },
    });
    const second = await challenge(id, token);
    const verified = await verify(id, second.id, token);
    expect(verified).toMatchObject({ status: 200, user: { factors: [{ id, status: "verified" }] } });
    expect(aal(verified)).toBe("aal2");
    expect(aal(await password("alice@example.com"))).toBe("aal1");
  });

  test("refuses a challenge that expired, is used or belongs to another factor", async () => {
    const { token, id } = await enroll();
    const old = await challenge(id, token);
    expect(old.expires_at).toBe(system.now() / 1000 + 300);
    system.later(300);
    expect(await verify(id, old.id, token)).toMatchObject({ status: 422, code: "mfa_challenge_expired" });
    const fresh = await challenge(id, token);
    const other = await enroll("bob@example.com");
    expect(await verify(other.id, fresh.id, other.token)).toMatchObject({ status: 404 });
    expect(await verify(id, fresh.id, token)).toMatchObject({ status: 200 });
    system.later(30);
    expect(await verify(id, fresh.id, token)).toMatchObject({ status: 404 });
  });

  test("lets nobody at another person's factor, nor the lower level add one to a verified one", async () => {
    const { token, id } = await enroll();
    const other = await enroll("eve@example.com");
    expect(await challenge(id, other.token)).toMatchObject({ status: 404, code: "mfa_factor_not_found" });
    expect(await challenge(id, "made up")).toMatchObject({ status: 401 });
    await verify(id, (await challenge(id, token)).id, token);
    expect(await system.ask(FACTORS, {}, token)).toMatchObject({
      status: 403,
      code: "insufficient_aal",
    });
  });
});
