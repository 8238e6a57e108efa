import { server as opaque } from "@serenity-kit/opaque";
import type { Database } from "../../server/db/open.ts";
import { allowRegistration } from "../../server/users/register.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { invitationKeys } from "../../shared/group/invitation.ts";
import { serverPrint } from "../../shared/group/invitation-code.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import type { Served } from "../server/served.ts";
import { random } from "../shared/group/people.ts";
import { type Device, deviceIn, startBrowser, value } from "./device.ts";
import "./quick-passphrases.ts";

export const PASSPHRASE = "alice keeps four random words";

/** Somebody who has registered with the extension's own code: their passphrase and their kit are good for something. */
export async function registerDevice(db: Database, served: Served, email: string): Promise<Device> {
  const run = await startBrowser();
  const { serverId, opaqueSetup } = served.secret;
  const userId = await run(async ({ vaults, register, db: own }) => {
    await vaults.createVaultWithPassphrase(PASSPHRASE);
    const secret = random(20);
    const token = bytesToBase64url((await invitationKeys(secret)).register);
    await allowRegistration(db, token, Date.now() + 60_000);
    const staticKey = value(base64urlToBytes(opaque.getPublicKey(opaqueSetup)));
    const server = await serverPrint(serverId, staticKey);
    const code = { kind: "set-up", origin: served.origin, secret, server } as const;
    value(await register.registerWithCode({ code, email, passphrase: PASSPHRASE }));
    return (await own.servers.get(serverId))?.userId ?? "";
  });
  return deviceIn(run, userId, serverId);
}

/** A further device of somebody, connected with the kit that `like` shows. */
export async function connectDevice(
  served: Served,
  email: string,
  like: Device,
  on?: Device,
): Promise<Device> {
  const run = on?.run ?? (await startBrowser());
  const kit = await formatKit(value(base64urlToBytes((await secretsOf(served, like)).uncheckedKit ?? "")));
  await run(async ({ vaults, connect }) => {
    if (on === undefined) await vaults.createVaultWithPassphrase(PASSPHRASE);
    value(await connect.connectWithKit({ origin: served.origin, email, passphrase: PASSPHRASE, kit }));
  });
  return on ?? deviceIn(run, like.userId, served.secret.serverId);
}

/** What a device has of its server. */
export function secretsOf(served: Served, device: Device) {
  return device.run(async ({ db, keys, servers }) => {
    const row = await db.servers.get(served.secret.serverId);
    if (row === undefined) throw Error("not connected");
    return value(await servers.openServer(await keys.requireVaultKey(), row));
  });
}

/** Takes new keys on a device. */
export function takeNewKeys(served: Served, device: Device) {
  return device.run(({ takeKeys }) => takeKeys.takeNewKeys(served.secret.serverId, PASSPHRASE));
}
