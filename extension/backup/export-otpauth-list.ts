import { formatOtpauthUri, hasOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { requireAllowed } from "../policy/forbidden.ts";
import { readEntries, readIndex } from "../vault/entries.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";

export type OtpauthExport = {
  /** One otpauth URI a line. In clear: whoever has it has every code. */
  readonly text: string;
  readonly entries: number;
  /** "no-uri": a type that no otpauth URI can say. */
  readonly leftOut: readonly {
    readonly id: string;
    readonly reason: "damaged" | "newer-version" | "no-uri";
  }[];
};

/** All entries outside the trash, in their order. Throws VaultLockedError, ForbiddenByPolicyError. */
export async function exportOtpauthList(): Promise<OtpauthExport> {
  await requireAllowed("exportForbidden");
  const ids = (await readIndex()).filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id);
  const lines: string[] = [];
  const leftOut: OtpauthExport["leftOut"][number][] = [];
  for (const [id, entry] of await readEntries(ids)) {
    if (entry.ok && hasOtpauthUri(entry.value.type)) lines.push(formatOtpauthUri(entry.value));
    else if (entry.ok) leftOut.push({ id, reason: "no-uri" });
    else if (entry.error === "locked") throw new VaultLockedError();
    // One that was deleted since the index was read is no loss to tell about.
    else if (entry.error !== "not-found") leftOut.push({ id, reason: entry.error });
  }
  return { text: lines.map((line) => `${line}\n`).join(""), entries: lines.length, leftOut };
}
