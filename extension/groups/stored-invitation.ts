import * as z from "zod/mini";
import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import type { Offer } from "../../shared/group/invitation.ts";
import { ROLES } from "../../shared/group/permissions.ts";
import { db, type InvitationRow } from "../vault/db.ts";
import { openJson, sealJson } from "../vault/sealed-json.ts";
import { requireVaultKey, type VaultKey } from "../vault/vault-key.ts";

const person = z.object({ id: z.string(), sig: z.string(), enc: z.string() });

const schema = z.object({
  version: z.literal(1),
  /** base64url: what only the holder of the code and its inviter know. */
  secret: z.string(),
  offer: z.object({
    server: z.string(),
    origin: z.string(),
    g: z.string(),
    n: z.int(),
    h: z.string(),
    by: person,
    from: z.string(),
    role: z.enum(ROLES),
    name: z.string(),
    email: z.string(),
    until: z.int(),
  }),
});

/** An invitation that this person has sent: its secret is needed until whoever accepts has been confirmed. */
export type SentInvitation = { readonly id: string; readonly secret: Bytes; readonly offer: Offer };

/** Keeps one. */
export async function keepInvitation(serverId: string, { id, secret, offer }: SentInvitation): Promise<void> {
  const key = await requireVaultKey();
  const value = { version: 1, secret: bytesToBase64url(secret), offer };
  const sealed = await sealJson(key.rows, value, contextOf(key, id));
  await db.invitations.put({ id, g: offer.g, serverId, sealed });
}

/** Those of a group. One that can't be opened is left out: it can't be confirmed, only sent anew. */
export async function readInvitations(g: string): Promise<SentInvitation[]> {
  const rows = await db.invitations.where("g").equals(g).toArray();
  if (rows.length === 0) return [];
  const key = await requireVaultKey();
  const opened = await Promise.all(rows.map((row) => open(key, row)));
  return opened.filter((invitation) => invitation !== null);
}

async function open(key: VaultKey, { id, sealed }: InvitationRow): Promise<SentInvitation | null> {
  const json = await openJson(key.rows, sealed, contextOf(key, id));
  const parsed = schema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) return null;
  const secret = base64urlToBytes(parsed.data.secret);
  return secret.ok ? { id, secret: secret.value, offer: parsed.data.offer } : null;
}

/** It was confirmed, or taken back. */
export function forgetInvitation(id: string): Promise<void> {
  return db.invitations.delete(id);
}

function contextOf({ vaultId }: VaultKey, id: string): Bytes {
  return CTX("local-invitation", vaultId, id);
}
