import { utf8, utf8Decode } from "../../../shared/bytes.ts";
import { openAead, sealAead } from "../../../shared/crypto/aead.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import type { FactorRow } from "../../db/mfa-schema.ts";
import type { Database } from "../../db/open.ts";
import type { Mfa } from "../mfa.ts";
import type { Kept } from "../module.ts";

/** What a ciphertext belongs to: put beside another row, it can't be opened. */
type Owner = { readonly what: "factor" | "challenge"; readonly factorId: string; readonly id: string };

/** Encrypts what a module keeps. */
export async function sealKept({ key }: Pick<Mfa, "key">, owner: Owner, kept: Kept): Promise<Uint8Array> {
  return sealAead(key, utf8(JSON.stringify(kept)), contextOf(owner));
}

/** Throws where it can't be opened: the secret file is another one, or somebody has changed the database. */
export async function openKept({ key }: Pick<Mfa, "key">, owner: Owner, sealed: Uint8Array): Promise<Kept> {
  const opened = await openAead(key, new Uint8Array(sealed), contextOf(owner));
  if (!opened.ok) throw Error("what is kept of a second factor can't be opened with this secret file");
  const text = utf8Decode(opened.value);
  if (!text.ok) throw Error("what is kept of a second factor is no text");
  return JSON.parse(text.value) as Kept;
}

function contextOf({ what, factorId, id }: Owner) {
  return CTX("mfa-kept", what, factorId, id);
}

/** What somebody calls a factor; null: what was typed is no name. */
export function ownNameOf(typed: string | null): string | null {
  return typed?.trim() || null;
}

/** A factor, with what its module keeps of it. */
export type Factor = Omit<FactorRow, "kept"> & { readonly kept: Kept };

/** One of somebody's own factors; null: there is none of that id, or it is another's. */
export async function findFactor(
  db: Database,
  mfa: Mfa,
  { userId, factorId }: { readonly userId: string; readonly factorId: string },
): Promise<Factor | null> {
  const row = await db
    .selectFrom("factor")
    .selectAll()
    .where("id", "=", factorId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row ? openFactor(mfa, row) : null;
}

/** A row with what is kept of it decrypted. Throws as openKept does. */
export async function openFactor(mfa: Mfa, row: FactorRow): Promise<Factor> {
  const owner = { what: "factor", factorId: row.id, id: row.id } as const;
  return { ...row, kept: await openKept(mfa, owner, row.kept) };
}

/** What is kept of those of somebody's factors that are set up with that module, but for one. */
export async function listKept(
  db: Database,
  mfa: Mfa,
  { userId, module, but }: { readonly userId: string; readonly module: string; readonly but: string },
): Promise<Kept[]> {
  const rows = await db
    .selectFrom("factor")
    .selectAll()
    .where("user_id", "=", userId)
    .where("module", "=", module)
    .where("id", "!=", but)
    .where("verified_at", "is not", null)
    .orderBy("made_at")
    .execute();
  return Promise.all(rows.map(async (row) => (await openFactor(mfa, row)).kept));
}

/** Somebody's factors, the first one first, without what is kept of them. */
export async function listRows(db: Database, userId: string): Promise<Omit<FactorRow, "kept">[]> {
  return db
    .selectFrom("factor")
    .select(["id", "user_id", "module", "name", "rev", "made_at", "verified_at", "used_at"])
    .where("user_id", "=", userId)
    .orderBy("made_at")
    .orderBy("id")
    .execute();
}
