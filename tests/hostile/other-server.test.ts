import { server as opaque } from "@serenity-kit/opaque";
import { describe, expect, test, vi } from "vitest";
import {
  alice,
  connectAnother,
  db,
  EMAIL,
  evil,
  inAccountWorld,
  newCode,
  newDevice,
  PASSPHRASE,
  refused,
  served,
  serverId,
  signInAgain,
} from "./account-world.ts";

inAccountWorld();

describe("A10 how a password is stretched is no server's to say", () => {
  test("A10 a server that names another cost is refused", async () => {
    evil.on("user.startSignIn", (started) => ({ ...started, keyStretching: "identity" }));
    expect(await refused(alice, signInAgain)).toBe("not-a-server");
  });

  test("A10 the cost is a constant, not below what is recommended", async () => {
    const { KEY_STRETCHING } = await vi.importActual<
      typeof import("../../extension/servers/key-stretching.ts")
    >("../../extension/servers/key-stretching.ts");
    const { iterations, memory } = KEY_STRETCHING["argon2id-custom"];
    expect(iterations).toBeGreaterThanOrEqual(3);
    expect(memory).toBeGreaterThanOrEqual(64 * 1024);
  });
});

describe("A24 a server is the one that it was", () => {
  const other = () => opaque.getPublicKey(opaque.createSetup());
  const asOther = (patch: object) =>
    evil.instead("hello" as never, (response) => {
      const real = { product: "countersign", protocol: 1, serverId, staticKey: other(), ...patch };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ result: { data: real } }));
    });

  test("A24 another key is refused before anything is sent", async () => {
    asOther({});
    expect(await refused(alice, signInAgain)).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 another name is refused before anything is sent", async () => {
    asOther({ serverId: "elsewhere", staticKey: opaque.getPublicKey(served.secret.opaqueSetup) });
    expect(await refused(alice, signInAgain)).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 who comes with a code registers at no other server than it names", async () => {
    asOther({});
    const device = await newDevice();
    const wish = { code: await newCode(), email: "bob@example.com", passphrase: PASSPHRASE };
    expect(await refused(device, () => device.register.registerWithCode(wish))).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("A24 a registration that another server's key answers is not ended", async () => {
    const setup = opaque.createSetup();
    evil.on("user.startRegistration", (started, input) => ({
      ...started,
      response: opaque.createRegistrationResponse({
        serverSetup: setup,
        userIdentifier: started.loginId,
        registrationRequest: input.request,
      }).registrationResponse,
    }));
    const device = await newDevice();
    const wish = { code: await newCode(), email: "bob@example.com", passphrase: PASSPHRASE };
    expect(await refused(device, () => device.register.registerWithCode(wish))).toBe("another-server");
  });

  test("A24 a sign-in that another server's key answers is not recognised", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    const setup = opaque.createSetup();
    evil.on("user.startSignIn", (started, input) => ({
      ...started,
      response: opaque.startLogin({
        serverSetup: setup,
        registrationRecord: row.record,
        startLoginRequest: input.request,
        userIdentifier: row.login_id,
        identifiers: { client: row.login_id, server: serverId },
      }).loginResponse,
    }));
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another))).toBe("not-recognised");
  });
});
