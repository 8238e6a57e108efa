import type { EntryNotice, RejectionReason } from "../../shared/formats/format.ts";
import type {
  MigrationEntryRefusal,
  MigrationNotice,
  MigrationRefusal,
} from "../../shared/formats/google-migration.ts";
import type { UriRefusalReason } from "../../shared/otp/uri-refusal.ts";
import { t } from "./i18n.ts";

/** The notices about what reading an account assumed, as sentences. */
export function noticeText(notice: EntryNotice | MigrationNotice): string {
  return t(`notice-read.${notice}`);
}

/** Why the content of a code (or an address typed in) can't be taken as an account. */
export function uriRefusalText(refusal: {
  readonly reason: UriRefusalReason | MigrationRefusal["reason"];
  readonly detail?: string;
}): string {
  const { reason, detail = "" } = refusal;
  switch (reason) {
    case "microsoft-push":
    case "duo-push":
    case "okta-push":
    case "rsa-securid":
    case "passkey":
    case "web-link":
    case "google-migration":
      return t(`scan.${reason}`);
    case "unknown-algorithm":
    case "unknown-type":
    case "unknown-scheme":
      return t(`uri.${reason}`, { detail: detail || "?" });
    default:
      return t(`uri.${reason}`);
  }
}

/** Why one account of a Google export can't be taken. */
export function migrationEntryText(reason: MigrationEntryRefusal, detail: string): string {
  switch (reason) {
    case "unknown-algorithm":
    case "unknown-type":
      return t(`uri.${reason}`, { detail: detail || "?" });
    default:
      return t(`migration.${reason}`);
  }
}

/** Why an entry of a file can't be taken over, while the others are. */
export function rejectionText(reason: RejectionReason, detail: string): string {
  switch (reason) {
    case "unknown-digits":
    case "broken-entry":
      return migrationEntryText(reason, detail);
    case "secret-hidden":
    case "entry-not-opened":
      return t(`import.${reason}`);
    default:
      return uriRefusalText({ reason, detail });
  }
}
