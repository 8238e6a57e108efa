import { afterEach, beforeAll, expect, test } from "vitest";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import {
  alice,
  type Device,
  EMAIL,
  evil,
  inAccountWorld,
  kit,
  newDevice,
  PASSPHRASE,
  secretsOf,
  serverId,
} from "../hostile/account-world.ts";
import { value } from "./device.ts";

/** An address that was changed without this device hearing of it: a right passphrase is not taken for a wrong one. */
inAccountWorld();

const NEW = "alice.smith@example.com";
const NEXT = "alice has thought of other words";
const change = (email: string, device = alice) =>
  device.email.changeEmail(serverId, { email, passphrase: PASSPHRASE });
const signsIn = (device = alice) => device.again.signInAgain(serverId, PASSPHRASE);

let other: Device;
beforeAll(async () => {
  other = await newDevice();
  const wish = { origin: evil.origin, email: EMAIL, passphrase: PASSPHRASE, kit: await formatKit(kit) };
  value(await other.connect.connectWithKit(wish));
});
afterEach(async () => {
  evil.reset();
  value(await alice.email.refreshEmail(serverId));
  value(await change(EMAIL));
  value(await signsIn(other));
});

/** From the change on nothing more is heard of the server. */
function loseAnswers(kind: "taken" | "never came"): void {
  evil.instead("user.changeEmail", async (response, exchange) => {
    if (kind === "taken") await evil.replay(exchange);
    response.destroy();
  });
  evil.instead("user.self", (response) => void response.destroy());
}

test("a change whose answer was lost is asked for at once", async () => {
  evil.instead("user.changeEmail", async (response, exchange) => {
    await evil.replay(exchange);
    response.destroy();
  });
  expect(value(await change(NEW))).toEqual({ email: NEW });
  evil.instead("user.changeEmail", (response) => void response.destroy());
  expect((await change("a.smith@example.com")).ok).toBe(false);
  expect(await secretsOf(alice)).toMatchObject({ email: NEW });
  expect((await secretsOf(alice)).pendingEmail).toBeUndefined();
});

test.each([
  ["taken", NEW],
  ["never came", EMAIL],
] as const)(
  "where nothing more is heard the passphrase alone signs in, though it %s, signed out or not",
  async (kind, email) => {
    for (const isOut of [false, true]) {
      loseAnswers(kind);
      expect(await change(NEW)).toEqual({ ok: false, error: "email-unknown" });
      evil.reset();
      if (isOut) await alice.sessions.signOut(serverId);
      value(await signsIn());
      expect(await secretsOf(alice)).toMatchObject({ email, hasVaultPassphrase: true });
      expect((await secretsOf(alice)).pendingEmail).toBeUndefined();
      value(await change(EMAIL));
    }
  },
);

test("the vault's new passphrase reaches the server under the address that holds there", async () => {
  loseAnswers("taken");
  expect(await change(NEW)).toEqual({ ok: false, error: "email-unknown" });
  evil.reset();
  for (const [old, next] of [
    [PASSPHRASE, NEXT],
    [NEXT, PASSPHRASE],
  ] as const) {
    const outcomes = value(await alice.everywhere.changePassphraseEverywhere({ old, next }));
    expect(outcomes).toMatchObject([{ outcome: "changed" }]);
  }
  expect((await secretsOf(alice)).email).toBe(NEW);
});

test("what another device has changed is asked for before the passphrase is", async () => {
  value(await change(NEW, other));
  evil.exchanges.length = 0;
  value(await signsIn());
  expect(evil.exchanges.filter(({ path }) => path === "user.startSignIn")).toHaveLength(1);
  expect((await secretsOf(alice)).email).toBe(NEW);
});

test("a device that was signed out meanwhile is not taken for one with another passphrase", async () => {
  await other.sessions.signOut(serverId);
  value(await change(NEW));
  expect(await signsIn(other)).toEqual({ ok: false, error: "other-than-vault" });
  expect(await secretsOf(other)).toMatchObject({ hasVaultPassphrase: true });
  value(await other.again.signInAgain(serverId, PASSPHRASE, { email: NEW }));
});
