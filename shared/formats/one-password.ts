import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { countOf, isSet, jsonList, jsonOfBytes, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * 1PUX, the archive that 1Password 8 exports (support.1password.com/1pux-format): accounts of vaults of items, whose
 * codes are fields of their sections. An item may have several.
 */
export const onePasswordFormat = {
  id: "1password",
  recognise: ({ json, archive }) =>
    archive === null ? json !== null && isExport(json) : archive.names.includes(DATA),
  read: readOnePassword,
  write: null,
} as const satisfies Format;

const DATA = "export.data";
/** What a field of a code is called, also where it is kept as a text like others. */
const CODE_FIELD = /^TOTP_/i;

function isExport(json: object): boolean {
  return jsonList(recordOf(json).accounts).some((account) => Array.isArray(recordOf(account).vaults));
}

async function readOnePassword(
  { json, archive }: FileContent,
  passphrase: string | null,
): Promise<Result<ReadFile, FileRefusal>> {
  if (archive === null) return json === null ? err("corrupt") : readAccounts(json);
  const bytes = await archive.read(DATA, passphrase);
  return bytes.ok ? readAccounts(jsonOfBytes(bytes.value)) : bytes;
}

function readAccounts(json: unknown): Result<ReadFile, FileRefusal> {
  const { accounts } = recordOf(json);
  if (!Array.isArray(accounts)) return err("corrupt");
  const vaults = accounts.flatMap((account) => jsonList(recordOf(account).vaults)).map(recordOf);
  return gatherEntries(
    vaults.flatMap((vault) => {
      // One vault is no way to sort anything.
      const tags = vaults.length > 1 ? [recordOf(vault.attrs).name] : [];
      return jsonList(vault.items).flatMap((item) => readItem(unwrapped(recordOf(item)), tags));
    }),
  );
}

/** The first exports of the format had each item in an object of its own. */
function unwrapped(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return "details" in item ? item : recordOf(item.item);
}

function readItem(
  item: Readonly<Record<string, unknown>>,
  vaultTags: readonly unknown[],
): Result<ReadEntry, RejectedEntry>[] {
  const details = recordOf(item.details);
  const overview = recordOf(item.overview);
  const codes = jsonList(details.sections)
    .flatMap((section) => jsonList(recordOf(section).fields))
    .map(codeOfField)
    .filter((code) => code !== "");
  const username = jsonList(details.loginFields)
    .map(recordOf)
    .find(({ designation, value }) => designation === "username" && textOf(value) !== "")?.value;
  const addresses = [overview.url, ...jsonList(overview.urls).map((url) => recordOf(url).url)];
  return codes.map((code) =>
    readLoginCode({
      name: overview.title,
      username,
      code,
      note: details.notesPlain,
      tags: [...vaultTags, ...jsonList(overview.tags)],
      addresses,
      pinned: (countOf(item.favIndex) ?? 0) > 0,
      trashed: isSet(item.trashed) || item.state === "archived" || item.state === "deleted",
    }),
  );
}

function codeOfField(field: unknown): string {
  const { id, value } = recordOf(field);
  const { totp, concealed, string } = recordOf(value);
  if (textOf(totp) !== "") return textOf(totp);
  return CODE_FIELD.test(textOf(id)) ? textOf(concealed) || textOf(string) : "";
}
