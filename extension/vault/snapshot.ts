import { CTX } from "../../shared/crypto/context.ts";
import type { Result } from "../../shared/result.ts";
import type { SealedRow } from "./db.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import type { VaultKey } from "./vault-key.ts";

/** Encrypts what undoing takes. The value is JSON whose shape its room knows. */
export async function sealSnapshot(
  key: VaultKey,
  id: string,
  rev: number,
  value: unknown,
): Promise<SealedRow> {
  return { id, rev, sealed: await sealJson(key.rows, value, snapshotContext(key, id, rev)) };
}

export function openSnapshot(key: VaultKey, row: SealedRow): Promise<Result<unknown, "corrupt">> {
  return openJson(key.rows, row.sealed, snapshotContext(key, row.id, row.rev));
}

function snapshotContext(key: VaultKey, id: string, rev: number) {
  return CTX("local-snapshot", key.vaultId, id, rev);
}
