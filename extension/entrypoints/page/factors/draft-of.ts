import type { Shown } from "../../../../shared/mfa/shown.ts";
import { codeAt } from "../../../../shared/otp/code.ts";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import { readQrPayload } from "../../../scan/read-qr-payload.ts";

/** The code of an account at this moment; null: it has none. */
export function codeNow(draft: EntryDraft): string | null {
  const code = codeAt(draft, Date.now());
  return code.ok ? code.value : null;
}

/**
 * The account that an authenticator makes of what a step shows.
 *
 * @returns null where the step shows none, or what it shows as a code and as text is not the same
 */
export function draftOf(shown: readonly Shown[]): EntryDraft | null {
  const secret = shown.find(({ kind }) => kind === "totp-secret");
  if (secret?.kind !== "totp-secret") return null;
  const read = readQrPayload(secret.uri);
  const [draft] = read.kind === "entries" ? read.drafts : [];
  return draft !== undefined && draft.secret === secret.secret ? draft : null;
}
