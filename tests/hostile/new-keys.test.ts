import { describe, expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { sealBundle } from "../../shared/identity/bundle.ts";
import { value } from "../groups/device.ts";
import { random } from "../shared/group/people.ts";
import {
  alice,
  db,
  evil,
  inAccountWorld,
  newCode,
  newDevice,
  PASSPHRASE,
  refused,
  secretsOf,
  serverId,
  signInAgain,
} from "./account-world.ts";

inAccountWorld();

describe("A7 new keys take the place of somebody's by their own doing alone", () => {
  test("A7 a bundle with other keys is refused where no new ones were taken", async () => {
    value(await signInAgain());
    const { bundle, bundleKey } = await secretsOf(alice);
    const other = { ...bundle, ver: bundle.ver + 1, signingSeed: bytesToBase64url(random(32)) };
    const dek = value(base64urlToBytes(bundleKey));
    const sealed = bytesToBase64url(value(await sealBundle(dek, serverId, other)));
    evil.on("user.latestBundle", () => ({ ver: other.ver, bundle: sealed }));
    expect(await refused(alice, () => alice.bundle.refreshBundle(serverId))).toBe("rolled-back");
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
    expect(await refused(device, () => device.bundle.refreshBundle(serverId))).toBe("rolled-back");
    evil.on("user.latestBundle", () => ({ ...old, ver: taken.ver + 1 }));
    // One that can't be opened ends the session, and nothing else: signing in again tells what it is.
    expect(await device.bundle.refreshBundle(serverId)).toEqual({ ok: false, error: "signed-out" });
    evil.on("user.bundle", () => ({ ...old, wrappedByPassword: wrapped }));
    const again = () => device.again.signInAgain(serverId, PASSPHRASE);
    expect(await refused(device, again)).toBe("kit-replaced");
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
