import type { Database } from "../../server/db/open.ts";
import { base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importPrivateKey } from "../../shared/crypto/private-key.ts";
import { importSigningKey } from "../../shared/crypto/signature.ts";
import { MOST_FORMER_KEYS, withFormerKeys } from "../../shared/identity/bundle.ts";
import { random } from "../shared/group/people.ts";
import { type Device, value } from "./device.ts";

/** Leaves somebody as they are when the server has taken their new keys, and no group has heard of them yet. */
export function giveNewKeys(db: Database, device: Device): Promise<void> {
  return device.run(async ({ db: own, keys, servers }) => {
    const vault = await keys.requireVaultKey();
    const [row] = await own.servers.toArray();
    if (row === undefined) throw Error("not connected");
    const secrets = value(await servers.openServer(vault, row));
    const { signingSeed, openingSecret, former = [] } = secrets.bundle;
    if (former.length === MOST_FORMER_KEYS) return;
    const next = { signingSeed: bytesToBase64url(random(32)), openingSecret: bytesToBase64url(random(32)) };
    const bundle = withFormerKeys({ ...secrets.bundle, ...next }, [
      { signingSeed, openingSecret },
      ...former,
    ]);
    const signing = await importSigningKey(value(base64urlToBytes(next.signingSeed)));
    const opening = await importPrivateKey("X25519", value(base64urlToBytes(next.openingSecret)));
    const [sig, enc] = [signing, opening].map(({ publicKey }) => bytesToBase64url(publicKey));
    await db
      .updateTable("user")
      .set({ sig: sig ?? "", enc: enc ?? "" })
      .where("user_id", "=", device.userId)
      .execute();
    await own.servers.put(await servers.sealServer(vault, row, { ...secrets, bundle }));
  });
}
