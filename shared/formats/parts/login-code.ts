import { parseOtpauthUri } from "../../otp/otpauth-uri.ts";
import type { ReadUri } from "../../otp/uri-refusal.ts";
import { err, ok, type Result } from "../../result.ts";
import type { ReadEntry, RejectedEntry } from "../format.ts";
import { textOf } from "./entry-fields.ts";
import { sitesOfLogin } from "./login-sites.ts";

/** What a password manager says of a login that has a code. */
export type Login = {
  /** What the person calls it. */
  readonly name: unknown;
  readonly username?: unknown;
  /** An otpauth URI, a bare secret, or steam://SECRET. */
  readonly code: unknown;
  readonly note?: unknown;
  readonly tags?: readonly unknown[];
  readonly addresses?: readonly unknown[];
  readonly pinned?: boolean;
  readonly trashed?: boolean;
};

/** What Bitwarden calls an item that came to it without a name. */
export const NO_NAME = "--";

/**
 * Reads the code of a login. The URI's own names come first, since they are the site's; what it doesn't say, the login
 * does. steam:// names nothing, so there the login's name is the issuer.
 */
export function readLoginCode(login: Login): Result<ReadEntry, RejectedEntry> {
  const code = textOf(login.code);
  const name = textOf(login.name);
  const names = { name: name === NO_NAME ? "" : name, username: textOf(login.username) };
  const isNameless = /^steam:/i.test(code);
  const read = parseOtpauthUri(code, { context: "otp-field" });
  if (!read.ok) {
    const label = [names.name, names.username].filter((name) => name !== "").join(": ");
    const { correction } = read.error;
    const named = correction && { ...correction, read: withNames(correction.read, names, isNameless) };
    return err({ ...read.error, correction: named, label, line: null });
  }
  const { draft, notices } = withNames(read.value, names, isNameless);
  const tags = [...new Set((login.tags ?? []).map(textOf).filter((tag) => tag !== ""))];
  const sites = sitesOfLogin(login.addresses ?? []);
  const note = textOf(login.note);
  return ok({
    draft: {
      ...draft,
      ...(note === "" ? {} : { note }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(sites.length === 0 ? {} : { sites }),
    },
    notices,
    line: null,
    ...(login.pinned ? { pinned: true } : {}),
    ...(login.trashed ? { trashed: true } : {}),
  });
}

function withNames(
  read: ReadUri,
  { name, username }: { name: string; username: string },
  isNameless: boolean,
): ReadUri {
  const issuer = isNameless ? name || read.draft.issuer : read.draft.issuer || name;
  const account = read.draft.account || username;
  const hasName = issuer !== "" || account !== "";
  return {
    ...read,
    draft: { ...read.draft, issuer, account },
    notices: read.notices.filter((notice) => notice !== "no-name" || !hasName),
  };
}
