import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { client, server as opaque } from "@serenity-kit/opaque";
import { describe, expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { sealBundle } from "../../shared/identity/bundle.ts";
import { accountKeyOf, formatKit } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, unwrapDek, wrapDek } from "../../shared/identity/wrap.ts";
import { value } from "../groups/device.ts";
import { random } from "../shared/group/people.ts";
import {
  alice,
  connectAnother,
  db,
  EMAIL,
  evil,
  folder,
  inAccountWorld,
  kit,
  newCode,
  newDevice,
  PASSPHRASE,
  refused,
  secretsOf,
  serverId,
  signInAgain,
} from "./account-world.ts";

inAccountWorld();

test("without a lie a person signs in again, and connects another device", async () => {
  expect(await signInAgain()).toEqual({ ok: true, value: undefined });
  const another = await newDevice();
  expect(await connectAnother(another)).toMatchObject({ ok: true });
  expect((await secretsOf(another)).bundle).toEqual((await secretsOf(alice)).bundle);
});

describe("A7 a person's own keys are theirs, whatever the server has", () => {
  test("A7 a server that knows of none leads to no new ones", async () => {
    evil.refuse("user.bundle", "NOT_FOUND", "NOT_FOUND");
    expect(await refused(alice, signInAgain)).toEqual({ refused: "not-found" });
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another))).toEqual({ refused: "not-found" });
  });

  test("A7 an answer without any is none", async () => {
    evil.on("user.bundle", () => null);
    expect(await refused(alice, signInAgain)).toBe("not-a-server");
  });

  test("A7 keys that the server has made are not opened", async () => {
    const kek = await passwordKek(
      { exportKey: random(64), accountKey: random(32) },
      { serverId, userId: "u" },
    );
    const wrapped = bytesToBase64url(await wrapDek(kek, newDek()));
    evil.on("user.bundle", (own) => ({ ...own, wrappedByPassword: wrapped }));
    expect(await refused(alice, signInAgain)).toBe("wrong-kit");
  });

  test("A7 a bundle in the place of theirs is not opened", async () => {
    evil.on("user.bundle", (own) => ({ ...own, bundle: bytesToBase64url(random(1_100)) }));
    expect(await refused(alice, signInAgain)).toBe("keys-damaged");
    evil.on("user.bundle", (own) => ({ ...own, ver: own.ver + 1 }));
    expect(await refused(alice, signInAgain)).toBe("keys-damaged");
  });

  test("A7 a bundle that is older than what was seen is refused", async () => {
    const { bundle } = await secretsOf(alice);
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle: { ...bundle, ver: 2 } }));
    expect(await refused(alice, signInAgain)).toBe("rolled-back");
    await alice.keep.changeServer(serverId, (secrets) => ({ ...secrets, bundle }));
  });
});

describe("A7 new keys take the place of somebody's by their own doing alone", () => {
  test("A7 a bundle with other keys is refused where no new ones were taken", async () => {
    value(await signInAgain());
    const { bundle, bundleKey } = await secretsOf(alice);
    const other = { ...bundle, ver: bundle.ver + 1, signingSeed: bytesToBase64url(random(32)) };
    const dek = value(base64urlToBytes(bundleKey));
    const sealed = bytesToBase64url(value(await sealBundle(dek, serverId, other)));
    evil.on("user.latestBundle", () => ({ ver: other.ver, bundle: sealed }));
    expect(await refused(alice, () => alice.bundles.refreshBundle(serverId))).toBe("rolled-back");
  });

  test("A7 keys that were replaced don't come back, not with what the server had before either", async () => {
    const [device, code] = [await newDevice(), await newCode()];
    const wish = { code, email: "eve@example.com", passphrase: PASSPHRASE };
    value(await device.register.registerWithCode(wish));
    const [before] = await db.selectFrom("user").selectAll().where("email", "=", wish.email).execute();
    if (!before) throw Error("not registered");
    const old = { ver: before.bundle_ver, bundle: bytesToBase64url(before.bundle) };
    const wrapped = bytesToBase64url(before.wrapped_by_password);
    value(await device.replace.replaceOwnKeys(serverId, PASSPHRASE, {}));
    const taken = (await secretsOf(device)).bundle;
    expect(taken.former).toHaveLength(1);

    evil.on("user.latestBundle", () => old);
    expect(await refused(device, () => device.bundles.refreshBundle(serverId))).toBe("rolled-back");
    evil.on("user.latestBundle", () => ({ ...old, ver: taken.ver + 1 }));
    expect(await refused(device, () => device.bundles.refreshBundle(serverId))).toBe("keys-damaged");
    evil.on("user.bundle", () => ({ ...old, wrappedByPassword: wrapped }));
    const again = () => device.connect.signInAgain(serverId, PASSPHRASE);
    expect(await refused(device, again)).toBe("wrong-kit");
    evil.reset();
    expect(await again()).toEqual({ ok: true, value: undefined });
    expect((await secretsOf(device)).bundle).toEqual(taken);
  });

  test("A7 new keys whose answer was lost are found again, and not forgotten while nobody can tell", async () => {
    const [device, code] = [await newDevice(), await newCode()];
    const wish = { code, email: "bob@example.com", passphrase: PASSPHRASE };
    value(await device.register.registerWithCode(wish));
    await db.deleteFrom("rate_limit").execute();
    const take = () => device.replace.replaceOwnKeys(serverId, PASSPHRASE, {});
    evil.instead("user.replaceKeys", async (response, exchange) => {
      await evil.replay(exchange);
      response.destroy();
    });
    expect((await take()).ok).toBe(false);
    const sent = (await secretsOf(device)).replacement;
    const row = await db.selectFrom("user").select("sig").where("email", "=", wish.email).execute();
    expect(row).toEqual([{ sig: sent?.request.sig }]);
    evil.reset();
    // Sent once more it would be refused; and whether it was taken is not said when it is asked for.
    evil.refuse("user.latestBundle", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR");
    value(await take());
    const { replacement, uncheckedKit, bundle } = await secretsOf(device);
    expect([replacement, uncheckedKit]).toEqual([undefined, sent?.recoveryKey]);
    expect(bundle).toEqual(sent?.bundle);
  });

  test("A7 new keys that a server says it has, and has not, are not taken for those that it has", async () => {
    evil.instead("user.replaceKeys", (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ result: { data: null } }));
    });
    const before = await secretsOf(alice);
    const taken = await alice.replace.replaceOwnKeys(serverId, PASSPHRASE, {});
    expect(taken).toEqual({ ok: false, error: "rolled-back" });
    const { bundle, accountKey, uncheckedKit } = await secretsOf(alice);
    expect({ bundle, accountKey, uncheckedKit }).toEqual({
      bundle: before.bundle,
      accountKey: before.accountKey,
      uncheckedKit: before.uncheckedKit,
    });
    await alice.keep.changeServer(serverId, ({ replacement: _, ...secrets }) => secrets);
  });

  test("A7 a server that says no to new keys leaves those that there are", async () => {
    evil.refuse("user.replaceKeys", "FORBIDDEN", "proof");
    const before = await secretsOf(alice);
    expect(await alice.replace.replaceOwnKeys(serverId, PASSPHRASE, {})).toEqual({
      ok: false,
      error: { refused: "proof" },
    });
    const { token: _, ...after } = await secretsOf(alice);
    expect({ ...after, token: before.token }).toEqual(before);
  });
});

describe("what is wrapped opens with what the person has, and with nothing else", () => {
  test("A9 the wrap for the kit opens with the kit alone", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    const owner = { serverId, userId: row.user_id };
    const wrapped = new Uint8Array(row.wrapped_by_kit);
    expect((await unwrapDek(await kitKek(kit, owner), wrapped)).ok).toBe(true);
    expect(await unwrapDek(await kitKek(random(20), owner), wrapped)).toEqual({
      ok: false,
      error: "wrong-key",
    });
  });

  test("A22 a wrap that was made for another key is told before anything is decrypted", async () => {
    evil.on("user.bundle", (own) => {
      const bytes = Buffer.from(own.wrappedByPassword, "base64url");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return { ...own, wrappedByPassword: bytes.toString("base64url") };
    });
    expect(await refused(alice, signInAgain)).toBe("wrong-kit");
  });

  test("A23 who has the whole database, and even the password, opens nothing without the account key", async () => {
    const row = await db.selectFrom("user").selectAll().where("email", "=", EMAIL).executeTakeFirstOrThrow();
    // With a server of one's own around the database, but without its secret file, no password can be tried.
    const login = client.startLogin({ password: PASSPHRASE });
    const { loginResponse } = opaque.startLogin({
      serverSetup: opaque.createSetup(),
      registrationRecord: row.record,
      startLoginRequest: login.startLoginRequest,
      userIdentifier: row.login_id,
      identifiers: { client: row.login_id, server: serverId },
    });
    const tried = client.finishLogin({
      clientLoginState: login.clientLoginState,
      loginResponse,
      password: PASSPHRASE,
      identifiers: { client: row.login_id, server: serverId },
      keyStretching: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
    });
    expect(tried).toBeUndefined();
    const owner = { serverId, userId: row.user_id };
    const guess = await passwordKek(
      { exportKey: random(64), accountKey: await accountKeyOf(random(20)) },
      owner,
    );
    expect((await unwrapDek(guess, new Uint8Array(row.wrapped_by_password))).ok).toBe(false);
  });

  test("A23 the account key, too, is asked for: another kit opens nothing, with the right passphrase", async () => {
    const another = await newDevice();
    expect(await refused(another, () => connectAnother(another, random(20)))).toBe("wrong-kit");
  });
});

test("the passphrase, the kit and the keys never went over the wire, and are not in the database", async () => {
  const { bundle, accountKey } = await secretsOf(alice);
  const files = await Promise.all(
    ["accounts.sqlite", "accounts.sqlite-wal"].map((name) => readFile(join(folder, name), "latin1")),
  );
  const another = await newDevice();
  evil.exchanges.length = 0;
  value(await connectAnother(another));
  const wire = evil.exchanges
    .map(({ url, body, answer }) => decodeURIComponent(url) + body + answer)
    .join("\n");
  expect(wire.length).toBeGreaterThan(1_000);
  const hidden = [
    PASSPHRASE,
    Buffer.from(PASSPHRASE).toString("base64url").slice(0, -2),
    bytesToBase64url(kit),
    await formatKit(kit),
    accountKey,
    bundle.signingSeed,
    bundle.openingSecret,
  ].flatMap((text) => [text, Buffer.from(text, "base64url").toString("latin1")]);
  for (const text of hidden) for (const where of [...files, wire]) expect(where.includes(text)).toBe(false);
});
