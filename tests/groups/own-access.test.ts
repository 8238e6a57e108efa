import { server as opaque } from "@serenity-kit/opaque";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseDeviceCode } from "../../shared/identity/device-code.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import {
  alice,
  type Device,
  dumpOf,
  EMAIL,
  evil,
  inAccountWorld,
  kit,
  newDevice,
  PASSPHRASE,
  refused,
  secretsOf,
  served,
  serverId,
} from "../hostile/account-world.ts";
import { value } from "./device.ts";

/** Another address, and another device by a code, with the extension's own code against a real server. */
inAccountWorld();

const NEW = "alice.smith@example.com";
const change = (email: string, device = alice, passphrase = PASSPHRASE) =>
  device.email.changeEmail(serverId, { email, passphrase });
const connect = (device: Device, text: string) =>
  device.connect.connectWithKit({ origin: evil.origin, email: EMAIL, passphrase: PASSPHRASE, kit: text });

describe("another e-mail address", () => {
  let other: Device;
  beforeAll(async () => {
    other = await newDevice();
    value(await connect(other, await formatKit(kit)));
  });
  afterEach(async () => {
    evil.reset();
    value(await alice.email.refreshEmail(serverId));
    value(await change(EMAIL));
    value(await other.email.refreshEmail(serverId));
  });

  test("signs in with the same passphrase, here and on a device that hears of it from the server", async () => {
    expect(value(await change(` ${NEW.toUpperCase()} `))).toEqual({ email: NEW });
    expect((await secretsOf(alice)).email).toBe(NEW);
    expect((await secretsOf(other)).email).toBe(EMAIL);
    expect(await other.email.refreshEmail(serverId)).toEqual({ ok: true, value: NEW });
    expect(await other.email.refreshEmail(serverId)).toEqual({ ok: true, value: null });
    for (const device of [alice, other]) {
      await device.sessions.signOut(serverId);
      value(await device.again.signInAgain(serverId, PASSPHRASE));
    }
  });

  test("a device that was signed out meanwhile asks for it, and knows it then", async () => {
    await other.sessions.signOut(serverId);
    value(await change(NEW));
    const again = (email?: string) =>
      other.again.signInAgain(serverId, PASSPHRASE, { ...(email && { email }) });
    expect(await again()).toEqual({ ok: false, error: "other-than-vault" });
    expect(await again("alice@example.net")).toEqual({ ok: false, error: "other-than-vault" });
    value(await again(NEW));
    expect(await secretsOf(other)).toMatchObject({ email: NEW, hasVaultPassphrase: true });
  });

  test("that is somebody else's is not given, in words that don't say so", async () => {
    await served.join("bob@example.com");
    expect(await change("bob@example.com")).toEqual({ ok: false, error: "email-refused" });
    expect((await secretsOf(alice)).email).toBe(EMAIL);
  });

  test("with a wrong passphrase changes nothing, and asks for nothing", async () => {
    const attempt = () => change(NEW, alice, "not the passphrase");
    expect(await refused(alice, attempt)).toBe("wrong-passphrase");
    expect(evil.exchanges).toEqual([]);
  });

  test("a server that gives another one than was asked for is not believed", async () => {
    evil.on("user.changeEmail", () => ({ email: "eve@example.com" }));
    expect(await change(NEW)).toEqual({ ok: false, error: "not-a-server" });
    expect((await secretsOf(alice)).email).toBe(EMAIL);
    evil.on("user.self", (self) => ({ ...self, userId: "eve", email: "eve@example.com" }));
    expect(await refused(alice, () => alice.email.refreshEmail(serverId))).toBe("another-server");
  });
});

describe("a code that a signed-in device shows", () => {
  let blank: Device;
  beforeAll(async () => {
    blank = await newDevice();
  });
  /** A device with no server yet. */
  async function another(): Promise<Device> {
    await blank.db.servers.clear();
    return blank;
  }

  const codeOf = async (device: Device) =>
    value(await device.deviceCode.makeDeviceCode(serverId, PASSPHRASE));

  test("connects another one together with the passphrase, and says where and as whom", async () => {
    const code = await codeOf(alice);
    expect(value(await parseDeviceCode(code))).toMatchObject({ origin: evil.origin, email: EMAIL });
    const device = await another();
    value(await connect(device, code.toLowerCase()));
    const { bundle, accountKey, uncheckedKit } = await secretsOf(device);
    expect({ bundle, accountKey }).toEqual({
      bundle: (await secretsOf(alice)).bundle,
      accountKey: (await secretsOf(alice)).accountKey,
    });
    expect(uncheckedKit).toBeNull();
    // And that one the next.
    value(await connect(await newDevice(), await codeOf(device)));
  });

  test("opens nothing without the passphrase", async () => {
    const code = await codeOf(alice);
    const eve = await another();
    const before = await dumpOf(eve);
    const tried = await eve.connect.connectWithKit({
      ...{ origin: evil.origin, email: EMAIL, kit: code },
      passphrase: "guessed by eve",
    });
    expect(tried).toEqual({ ok: false, error: "not-recognised" });
    expect(await dumpOf(eve)).toEqual(before);
  });

  test("is not made without the passphrase, whoever has the device unlocked", async () => {
    const made = await alice.deviceCode.makeDeviceCode(serverId, "not the passphrase");
    expect(made).toEqual({ ok: false, error: "wrong-passphrase" });
  });

  test("is worth nothing after a new kit", async () => {
    const code = await codeOf(alice);
    value(await alice.newKit.makeNewKit(serverId, PASSPHRASE));
    const device = await another();
    expect(await refused(device, () => connect(device, code))).toBe("wrong-kit");
    value(await connect(device, await codeOf(alice)));
  });

  test("names one server: another one at its address is told before it is given anything", async () => {
    const code = await codeOf(alice);
    const device = await another();
    evil.instead("hello" as never, (response) => {
      const staticKey = opaque.getPublicKey(opaque.createSetup());
      const data = { product: "countersign", protocol: 1, serverId, staticKey };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ result: { data } }));
    });
    expect(await refused(device, () => connect(device, code))).toBe("another-server");
    expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
  });

  test("with a letter wrong asks the server nothing", async () => {
    const device = await another();
    const code = `${(await codeOf(alice)).slice(0, -1)}9`;
    expect(await refused(device, () => connect(device, code))).toBe("code-mistyped");
    expect(evil.exchanges).toEqual([]);
  });
});
