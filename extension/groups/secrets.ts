import * as z from "zod/mini";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import type { GroupKey } from "../../shared/group/group-key.ts";
import type { GroupRow } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import type { VaultKey } from "../vault/vault-key.ts";

/** What only a group's members may know of it. */
export type GroupSecrets = {
  /** Null for a guest, and before the first key was opened. */
  readonly key: GroupKey | null;
  readonly name: string;
  /** E-mail addresses by user ids. */
  readonly people: Readonly<Record<string, string>>;
  /** The record that says both; null before there is one. */
  readonly nameRecord: string | null;
  /** Whether that record, written by a device of this person, calls it theirs alone: see isOnlyMine. */
  readonly isPersonal: boolean;
  /** What a later version wrote into that record. */
  readonly others: Readonly<Record<string, unknown>>;
};

export const NO_SECRETS: GroupSecrets = {
  ...{ key: null, name: "", people: {}, nameRecord: null },
  ...{ isPersonal: false, others: {} },
};

const schema = z.object({
  version: z.literal(1),
  key: z.nullable(z.object({ epoch: z.int(), bytes: z.string() })),
  name: z.string(),
  people: z.record(z.string(), z.string()),
  nameRecord: z.nullable(z.string()),
  isPersonal: z._default(z.boolean(), false),
  others: z._default(z.record(z.string(), z.unknown()), {}),
});

/** Encrypts them under the vault key, bound to their group. */
export function sealGroupSecrets(vault: VaultKey, g: string, secrets: GroupSecrets): Promise<Bytes> {
  const { key, ...others } = secrets;
  const stored = key && { epoch: key.epoch, bytes: bytesToBase64url(key.bytes) };
  return sealJson(vault.rows, { version: 1, key: stored, ...others }, contextOf(vault, g));
}

/** Opens them; none where there are none yet. Throws where they can't be opened: the vault key has made them. */
export async function openGroupSecrets(
  vault: VaultKey,
  { g, sealed }: Pick<GroupRow, "g" | "sealed">,
): Promise<GroupSecrets> {
  if (sealed === null) return NO_SECRETS;
  const json = await openJson(vault.rows, sealed, contextOf(vault, g));
  const parsed = schema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) throw Error("what a group's members know can't be opened");
  const { version: _, key, ...others } = parsed.data;
  return { ...others, key: key && { g, epoch: key.epoch, bytes: bytesOf(key.bytes) } };
}

function bytesOf(text: string): Bytes {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw Error("a stored key is not base64url");
  return bytes.value;
}

function contextOf({ vaultId }: VaultKey, g: string): Bytes {
  return CTX("local-group", vaultId, g);
}
