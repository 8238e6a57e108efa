import { equalBytes } from "../../shared/bytes.ts";
import { formatKit, parseKit } from "../../shared/identity/recovery-key.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { changeServer } from "./keep-server.ts";
import { storedBytes } from "./stored-bytes.ts";
import { openServer } from "./stored-server.ts";

/** What is on paper: the key in letters, and in the QR code what a further device needs beside the passphrase. */
export type Kit = {
  readonly origin: string;
  readonly email: string;
  /** "CSR1-…", in groups. */
  readonly letters: string;
  readonly qrText: string;
};

export type KitRefusal = "not-a-kit" | "newer-version" | "incomplete" | "mistyped" | "another-kit";

/** The kit of a server, as long as it was not checked; then null, since no device keeps it. Throws VaultLockedError. */
export async function readKit(serverId: string): Promise<Kit | null> {
  const recoveryKey = await uncheckedKit(serverId);
  if (recoveryKey === null) return null;
  const letters = await formatKit(storedBytes(recoveryKey.key));
  const { origin, email } = recoveryKey;
  return { origin, email, letters, qrText: [letters, origin, email].join("\n") };
}

/** Compares what the person has typed from paper with the kit; if it is right, this device forgets the kit for good. */
export async function checkKit(serverId: string, typed: string): Promise<Result<void, KitRefusal>> {
  const kit = await parseKit(readKitText(typed).letters);
  if (!kit.ok) return kit;
  const recoveryKey = await uncheckedKit(serverId);
  if (recoveryKey === null) return ok(undefined);
  if (!equalBytes(kit.value, storedBytes(recoveryKey.key))) return err("another-kit");
  // A newer one may have come meanwhile: that is on no paper yet.
  await changeServer(serverId, (secrets) =>
    secrets.uncheckedKit === recoveryKey.key ? { ...secrets, uncheckedKit: null } : secrets,
  );
  return ok(undefined);
}

/** What a kit's QR code says: the letters, and where and as whom they are good. Letters that were typed say nothing else. */
export function readKitText(text: string): {
  readonly letters: string;
  readonly origin: string | null;
  readonly email: string | null;
} {
  const [letters = "", origin, email, ...more] = text.trim().split(/\r?\n/);
  const isOfQr = origin !== undefined && /^https?:\/\//.test(origin) && more.length === 0;
  return isOfQr ? { letters, origin, email: email ?? null } : { letters: text, origin: null, email: null };
}

async function uncheckedKit(serverId: string) {
  const row = await db.servers.get(serverId);
  if (row === undefined) return null;
  const secrets = await openServer(await requireVaultKey(), row);
  if (!secrets.ok || secrets.value.uncheckedKit === null) return null;
  return { key: secrets.value.uncheckedKit, origin: row.origin, email: secrets.value.email };
}
