import { writeMigrationCodes } from "../../shared/formats/google-migration-write.ts";
import { draftToEntry, type EntryDraft } from "../../shared/otp/entry.ts";

/** What the QR codes of Google Authenticator's export say of these entries. */
export function formatMigrationUris(drafts: readonly EntryDraft[], batchId: number): { uris: string[] } {
  const entries = drafts.map((draft) => draftToEntry(draft, 0));
  return { uris: writeMigrationCodes(entries, batchId).codes.map(({ uri }) => uri) };
}
