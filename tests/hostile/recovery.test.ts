import { server as opaque } from "@serenity-kit/opaque";
import { beforeAll, describe, expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { sealBundle } from "../../shared/identity/bundle.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, unwrapDek, wrapDek } from "../../shared/identity/wrap.ts";
import { value } from "../groups/device.ts";
import type { OwnDevice } from "../groups/own-device.ts";
import { random } from "../shared/group/people.ts";
import {
  alice,
  db,
  EMAIL,
  evil,
  inAccountWorld,
  kit,
  newCode,
  newDevice,
  PASSPHRASE,
  refused,
  secretsOf,
  serverId,
} from "./account-world.ts";

/** What a server may say to somebody who comes with their kit and nothing else. */
inAccountWorld();

const recover = async (device: OwnDevice, with_ = kit) =>
  device.recover.recoverWithKit({
    origin: evil.origin,
    email: EMAIL,
    passphrase: PASSPHRASE,
    kit: await formatKit(with_),
  });

/** A device that knows nothing, and her own: neither recovers. */
async function bothRefuse(reason: unknown) {
  const another = await newDevice();
  expect(await refused(another, () => recover(another))).toEqual(reason);
  expect(await refused(alice, () => recover(alice))).toEqual(reason);
}

describe("A7 a person's own keys are theirs, whatever the server has", () => {
  test("A7 a server that has none for a kit leads to no new ones", async () => {
    for (const [path, reason] of [
      ["user.startRecovery", { refused: "not-found" }],
      ["user.openRecovery", { refused: "not-found" }],
    ] as const) {
      evil.refuse(path, "NOT_FOUND", "NOT_FOUND");
      await bothRefuse(reason);
      evil.reset();
    }
    evil.on("user.openRecovery", ({ bundle: _, ...opened }) => opened);
    await bothRefuse("not-a-server");
  });

  test("A7 a bundle that the kit has not wrapped is not opened, and nothing is sealed for its maker", async () => {
    const { bundle } = await secretsOf(alice);
    const owner = { serverId, userId: bundle.userId };
    const dek = newDek();
    const wrappedByKit = bytesToBase64url(await wrapDek(await kitKek(random(20), owner), dek));
    const sealed = bytesToBase64url(value(await sealBundle(dek, serverId, bundle)));
    evil.on("user.openRecovery", (opened) => ({ ...opened, bundle: sealed, wrappedByKit }));
    await bothRefuse("keys-damaged");
    evil.on("user.openRecovery", (opened) => ({ ...opened, bundle: sealed }));
    await bothRefuse("keys-damaged");
    evil.on("user.openRecovery", (opened) => ({ ...opened, ver: opened.ver + 1 }));
    await bothRefuse("keys-damaged");
  });

  test("A7 what belongs to somebody else is not taken for hers", async () => {
    const eve = await newDevice();
    const wish = { code: await newCode(), email: "eve@example.com", passphrase: PASSPHRASE };
    value(await eve.register.registerWithCode(wish));
    const row = await db
      .selectFrom("user")
      .selectAll()
      .where("email", "=", wish.email)
      .executeTakeFirstOrThrow();
    const text = (bytes: Uint8Array) => bytesToBase64url(new Uint8Array(bytes));
    const eves = {
      userId: row.user_id,
      ver: row.bundle_ver,
      bundle: text(row.bundle),
      wrappedByKit: text(row.wrapped_by_kit),
    };
    evil.on("user.openRecovery", (opened) => ({ ...opened, ...eves }));
    await bothRefuse("keys-damaged");
    evil.on("user.openRecovery", (opened) => ({ ...opened, userId: row.user_id }));
    await bothRefuse("keys-damaged");

    // Whoever has the kit, too: the device knows another person by that name.
    const kits = value(base64urlToBytes((await secretsOf(eve)).uncheckedKit ?? ""));
    evil.reset();
    const asEve = async () =>
      alice.recover.recoverWithKit({ ...wish, origin: evil.origin, kit: await formatKit(kits) });
    expect(await refused(alice, asEve)).toBe("another-server");
  });

  test("A7 keys that are older than what this device has seen are refused", async () => {
    const { bundle } = await secretsOf(alice);
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle: { ...bundle, ver: 2 } }));
    expect(await refused(alice, () => recover(alice))).toBe("rolled-back");
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle }));
  });
});

test("A24 a password that another server's key answers is not set", async () => {
  const setup = opaque.createSetup();
  evil.on("user.openRecovery", (opened, input) => ({
    ...opened,
    response: opaque.createRegistrationResponse({
      serverSetup: setup,
      userIdentifier: opened.loginId,
      registrationRequest: input.request,
    }).registrationResponse,
  }));
  await bothRefuse("another-server");
});

test("A24 a server with another key is told before the kit signs anything for it", async () => {
  evil.instead("hello" as never, (response) => {
    const staticKey = opaque.getPublicKey(opaque.createSetup());
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ result: { data: { product: "countersign", protocol: 1, serverId, staticKey } } }),
    );
  });
  expect(await refused(alice, () => recover(alice))).toBe("another-server");
  expect(evil.exchanges.map(({ path }) => path)).toEqual(["hello"]);
});

test("A24 an answer to a change of the passphrase by another server's key changes nothing", async () => {
  const setup = opaque.createSetup();
  evil.on("user.startPasswordChange", (started, input) => ({
    ...started,
    response: opaque.createRegistrationResponse({
      serverSetup: setup,
      userIdentifier: started.loginId,
      registrationRequest: input.request,
    }).registrationResponse,
  }));
  const before = await secretsOf(alice);
  const both = { atServer: PASSPHRASE, vault: PASSPHRASE };
  evil.exchanges.length = 0;
  expect(await alice.everywhere.takeVaultsPassphrase(serverId, both)).toEqual({
    ok: false,
    error: "another-server",
  });
  expect(evil.exchanges.map(({ path }) => path)).not.toContain("user.finishPasswordChange");
  // The session is a new one; nothing else is.
  expect({ ...(await secretsOf(alice)), token: "" }).toEqual({ ...before, token: "" });
});

describe("A9 a recovery key that is replaced is the person's alone", () => {
  let wire = "";
  let before: Awaited<ReturnType<typeof secretsOf>>;
  // Last: afterwards she has another kit.
  beforeAll(async () => {
    evil.reset();
    before = await secretsOf(alice);
    evil.exchanges.length = 0;
    value(await recover(alice));
    wire = evil.exchanges.map(({ body, answer }) => body + answer).join("\n");
  });

  test("A9 without a lie she recovers, with the same keys under a new kit", async () => {
    const after = await secretsOf(alice);
    expect(after.bundle).toEqual({ ...before.bundle, ver: before.bundle.ver + 1 });
    expect(after.accountKey).not.toBe(before.accountKey);
    expect(after.bundleKey).not.toBe(before.bundleKey);
  });

  test("A9 the wrap for the new kit opens with that alone, and neither kit went over the wire", async () => {
    const { uncheckedKit, bundle } = await secretsOf(alice);
    const newKit = value(base64urlToBytes(uncheckedKit ?? ""));
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    const owner = { serverId, userId: bundle.userId };
    const wrapped = new Uint8Array(row.wrapped_by_kit);
    expect((await unwrapDek(await kitKek(newKit, owner), wrapped)).ok).toBe(true);
    expect(await unwrapDek(await kitKek(kit, owner), wrapped)).toEqual({ ok: false, error: "wrong-key" });
    expect(wire.length).toBeGreaterThan(1_000);
    const hidden = [
      PASSPHRASE,
      await formatKit(kit),
      await formatKit(newKit),
      bytesToBase64url(kit),
      uncheckedKit,
    ];
    for (const text of hidden) expect(wire).not.toContain(text);
  });
});
