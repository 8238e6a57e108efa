import { base32Encode, base64ToBytes, hexToBytes } from "../../bytes.ts";
import type { Entry, EntryType } from "../../otp/entry.ts";
import { joinLabel } from "../../otp/label.ts";
import { motpSecret } from "../../otp/motp-code.ts";
import { readPinDraft } from "../../otp/pin-draft.ts";
import { readUriDraft } from "../../otp/uri-draft.ts";
import { type UriRefusal, type UriRefusalReason, uriRefusal } from "../../otp/uri-refusal.ts";
import { type ReadSecret, readSecret, type SecretSpelling } from "../../otp/uri-secret.ts";
import { err, ok, type Result } from "../../result.ts";
import type { EntryNotice, ReadEntry, RejectedEntry } from "../format.ts";
import { type IconFields, readIcon } from "./icon.ts";

/**
 * What a file of fields says of an entry, nothing of it judged yet. Numbers may be numbers or texts; undefined, null and
 * "" say nothing.
 */
export type EntryFields = {
  /** In any spelling that is known: totp, HOTP, steamtotp … */
  readonly type: unknown;
  readonly issuer?: unknown;
  readonly account?: unknown;
  readonly secret: unknown;
  /**
   * How a secret that is a text is spelled; bytes are taken as they are. Base32 where it is not said. "motp": as
   * Mobile-OTP writes it, which is hexadecimal but for some.
   */
  readonly spelling?: SecretSpelling | "hex" | "base64" | "motp";
  readonly algorithm?: unknown;
  readonly digits?: unknown;
  /** Seconds. */
  readonly period?: unknown;
  readonly counter?: unknown;
  readonly pin?: unknown;
  /** Whether no PIN is missing where none is said: in formats that had it in the secret. */
  readonly isPinInSecret?: boolean;
  readonly note?: unknown;
  readonly tags?: readonly unknown[];
  readonly sites?: readonly string[];
  readonly icon?: IconFields | undefined;
  readonly pinned?: boolean | undefined;
  readonly trashed?: boolean | undefined;
  /** Whether a totp of the issuer "Steam" is Steam Guard: in formats that have no type for it. */
  readonly steamByName?: boolean;
};

const TYPES_BY_SPELLING = new Map<string, EntryType>([
  ["totp", "totp"],
  ["hotp", "hotp"],
  ["steam", "steam"],
  ["steamtotp", "steam"],
  ["steamguard", "steam"],
  ["motp", "motp"],
  ["yandex", "yandex"],
  ["yaotp", "yandex"],
]);

/** A type as it is known here; a program may have printed the name of its enumeration in front: "OtpType.HOTP". */
function typeOf(spelled: string): EntryType | undefined {
  const name = spelled.replace(/^\w*type\./i, "");
  return TYPES_BY_SPELLING.get(name.toLowerCase().replace(/[^a-z]/g, ""));
}

/**
 * Judges the fields of an entry by the rules that URIs are judged by (readUriDraft): what would give wrong codes is
 * refused with its reason, never replaced by a default.
 */
export function readFields(fields: EntryFields): Result<ReadEntry, RejectedEntry> {
  const names = { issuer: textOf(fields.issuer), account: textOf(fields.account) };
  const judged = judge(fields, names);
  if (!judged.ok) {
    const label = [names.issuer, names.account].filter((name) => name !== "").join(": ");
    return err({ ...judged.error, label, line: null });
  }
  const { draft, notices } = judged.value;
  const icon = readIcon(fields.icon);
  const extra: Partial<Pick<Entry, "note" | "tags" | "sites" | "icon">> = {
    ...(textOf(fields.note) === "" ? {} : { note: textOf(fields.note) }),
    ...(fields.tags === undefined ? {} : { tags: tagsOf(fields.tags) }),
    ...(fields.sites === undefined ? {} : { sites: [...fields.sites] }),
    ...(icon === null || icon === "left-out" ? {} : { icon }),
  };
  return ok({
    draft: { ...draft, ...extra },
    notices: icon === "left-out" ? [...notices, "icon-left-out"] : notices,
    line: null,
    ...(fields.pinned ? { pinned: true } : {}),
    ...(fields.trashed ? { trashed: true } : {}),
  });
}

/** An entry that has not even the shape of one. */
export function brokenEntry(label = ""): RejectedEntry {
  return { label, reason: "broken-entry", detail: "", correction: null, line: null };
}

type Judged = { readonly draft: ReadEntry["draft"]; readonly notices: readonly EntryNotice[] };

function judge(fields: EntryFields, names: { issuer: string; account: string }): Result<Judged, UriRefusal> {
  const spelled = textOf(fields.type);
  const type = typeOf(spelled);
  if (type === undefined) return err(uriRefusal("unknown-type", spelled));
  const secret = readFieldSecret(fields, type);
  if (!secret.ok) return err(uriRefusal(secret.error, ""));
  if (type === "motp" || type === "yandex") {
    const [period, pin] = [textOf(fields.period), textOf(fields.pin)];
    const { isPinInSecret = false } = fields;
    return readPinDraft({ type, ...names, secret: secret.value.secret, period, pin, isPinInSecret });
  }
  const read = readUriDraft(
    {
      type,
      label: joinLabel(names),
      parameters: new Map(
        Object.entries({
          secret: secret.value.secret,
          issuer: names.issuer,
          algorithm: textOf(fields.algorithm),
          digits: textOf(fields.digits),
          period: textOf(fields.period),
          counter: textOf(fields.counter),
          // A format that can say "steam" and says totp means it.
          encoder: type === "totp" && !fields.steamByName ? "totp" : "",
        }).map(([name, value]) => [name, [value]]),
      ),
    },
    { context: "uri" },
  );
  if (!read.ok) return read;
  const spelling: EntryNotice[] =
    secret.value.encoding === "hex" && !fields.spelling ? ["secret-read-as-hex"] : [];
  return ok({ draft: read.value.draft, notices: [...read.value.notices, ...spelling] });
}

function readFieldSecret(
  { secret, spelling = "base32" }: EntryFields,
  type: EntryType,
): Result<
  ReadSecret,
  Extract<UriRefusalReason, "no-secret" | "empty-secret" | "secret-not-base32" | "secret-not-hex">
> {
  if (secret instanceof Uint8Array) {
    return secret.length === 0
      ? err("empty-secret")
      : ok({ secret: base32Encode(secret), encoding: "base32" });
  }
  if (typeof secret !== "string") return err("no-secret");
  if (spelling === "motp") {
    const bytes = motpSecret(secret);
    return bytes.ok ? ok({ secret: base32Encode(bytes.value), encoding: "hex" }) : bytes;
  }
  if (spelling === "hex" || spelling === "base64") {
    const bytes = spelling === "hex" ? hexToBytes(secret.trim()) : base64ToBytes(secret);
    if (!bytes.ok) return err("secret-not-base32");
    if (bytes.value.length === 0) return err("empty-secret");
    return ok({ secret: base32Encode(bytes.value), encoding: spelling });
  }
  return readSecret(secret, type === "steam" && spelling === "base32" ? "base32-or-steam-base64" : spelling);
}

/** A text, or a number as a text; "" for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

function tagsOf(tags: readonly unknown[]): string[] {
  return [...new Set(tags.map(textOf).filter((tag) => tag !== ""))];
}
