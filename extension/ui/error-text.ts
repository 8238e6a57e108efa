import { groupDigits } from "../../shared/otp/code.ts";
import type { EntryFormProblem } from "./entry-form-state.ts";
import { type MessageKey, t } from "./i18n.ts";

/**
 * Reasons to sentences, in one place and exhaustively: a room that learns a new reason does not compile until it has
 * its words here. The types are the reasons themselves, so that ui/ imports no room.
 */
type ReadRefusal = "not-found" | "damaged" | "newer-version" | "locked";
type UnlockRefusal = "wrong-passphrase" | "corrupt" | "newer-version" | "weak-parameters" | "no-passphrase";
type PasskeyPromptRefusal = "cancelled" | "not-supported" | "failed";
type PasskeyRefusal = PasskeyPromptRefusal | "wrong-passkey" | "corrupt" | "newer-version" | "none";
type AddPasskeyRefusal = UnlockRefusal | PasskeyPromptRefusal | "already-here" | "no-prf" | "not-proved";
type LockReason = "restart" | "idle-timeout" | "screen-locked" | "by-hand" | "clock-moved";
type CopyRefusal =
  | ReadRefusal
  | "not-hotp"
  | "bad-secret"
  | "counter-exhausted"
  | "unsupported-type"
  | "pin-missing"
  | "clipboard-refused"
  | NotCopied;
/** The clipboard refused a code that is not shown anywhere yet: a counter has moved on for it. */
type NotCopied = { readonly reason: "clipboard-refused"; readonly code: string };
type RestoreRefusal =
  | "wrong-passphrase"
  | "wrong-identity"
  | "not-a-backup"
  | "corrupt"
  | "newer-version"
  | "too-large"
  | "unreadable";
type BackupFailure =
  | "no-permission"
  | "folder-asks"
  | "folder-gone"
  | "not-written"
  | "not-verified"
  | "failed";
type UnopenableReason = "device-key-lost" | "database" | "newer-version";

/** Why a field of the entry form can't be taken as it is. */
export function formProblemText(problem: EntryFormProblem): string {
  return t(`form.problem.${problem}`);
}

/** Why an entry can't be read or changed. */
export function readRefusalText(refusal: ReadRefusal): string {
  return t(`read.${refusal}`);
}

/** Why a code could not be copied. */
export function copyRefusalText(refusal: CopyRefusal): string {
  if (typeof refusal === "object")
    return t("copy.refused.take-by-hand", { code: groupDigits(refusal.code).join(" ") });
  switch (refusal) {
    case "not-found":
    case "damaged":
    case "newer-version":
    case "locked":
      return readRefusalText(refusal);
    default:
      return t(`copy.refused.${refusal}`);
  }
}

/** Why a row, or a form, shows no code. */
export function noCodeText(refusal: "unsupported-type" | "bad-secret" | "pin-missing"): string {
  return t(refusal === "pin-missing" ? "code.pin-missing" : "code.unavailable");
}

/** Why a passphrase did not open the vault. */
export function unlockRefusalText(refusal: UnlockRefusal): string {
  return t(`unlock.${refusal}`);
}

/** Why a passkey did not open the vault, and what to do next. */
export function passkeyRefusalText(refusal: PasskeyRefusal): string {
  return t(`passkey.refused.${refusal}`);
}

/** Why no passkey was added. */
export function addPasskeyRefusalText(refusal: AddPasskeyRefusal): string {
  switch (refusal) {
    case "cancelled":
    case "not-supported":
    case "failed":
    case "already-here":
    case "no-prf":
    case "not-proved":
      return t(`passkey.not-added.${refusal}`);
    default:
      return unlockRefusalText(refusal);
  }
}

/** Why the vault is locked. */
export function lockReasonText(reason: LockReason): string {
  return t(`locked.${reason}`);
}

/** Why nobody can open the vault, and what to do next. */
export function unopenableText(why: UnopenableReason): { what: string; next: string } {
  return { what: t(`unopenable.${why}`), next: t(`unopenable.next.${why}`) };
}

/** Why a backup could not be opened. */
export function restoreRefusalText(refusal: RestoreRefusal): string {
  return t(`restore.refused.${refusal}`);
}

/** Why no backup was made by itself; null: no page was open for long enough. */
export function backupFailureText(why: BackupFailure | null): string {
  const reason = why ?? "late";
  return t(`notice.backup-not-made.${reason}`);
}

/** Why one entry of a backup can't be restored. */
export function unreadableText(reason: "corrupt" | "newer-version"): string {
  return t(`restore.unreadable.${reason}`);
}

const FIELD_KEYS: Readonly<Record<string, MessageKey>> = {
  type: "form.type",
  issuer: "form.issuer",
  account: "form.account",
  secret: "form.secret",
  algorithm: "form.algorithm",
  digits: "field.digits",
  period: "form.period",
  counter: "form.counter",
  pin: "field.pin",
  sites: "form.sites",
  tags: "field.tags",
  note: "form.note",
  icon: "field.icon",
  deletedAt: "page.trash",
  pinned: "list.pinned",
};

/** The name of an entry's field, for naming what differs; a field of a newer version keeps its own. */
export function fieldName(field: string): string {
  const key = FIELD_KEYS[field];
  return key ? t(key) : field;
}
