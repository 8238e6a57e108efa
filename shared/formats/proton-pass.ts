import { err, type Result } from "../result.ts";
import type { FileContent, FileRefusal, Format, ReadEntry, ReadFile, RejectedEntry } from "./format.ts";
import { textOf } from "./parts/entry-fields.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { isSet, jsonList, jsonOfBytes, recordOf } from "./parts/json-value.ts";
import { readLoginCode } from "./parts/login-code.ts";

/**
 * What Proton Pass exports as JSON (ProtonMail/WebClients, packages/pass/lib/export): an archive with one file of vaults,
 * or that file alone. Where it was exported for PGP, the file is encrypted for a key that is not here.
 */
export const protonPassFormat = {
  id: "proton-pass",
  recognise: ({ json, archive }) =>
    (json !== null && isExport(json)) ||
    (archive?.names.some((name) => DATA.test(name) || ENCRYPTED.test(name)) ?? false),
  read: readProtonPass,
  write: null,
} as const satisfies Format;

const DATA = /^Proton Pass\/data\.json$/i;
const ENCRYPTED = /^Proton Pass\/data\.pgp$/i;
/** ItemState in packages/pass/types. */
const TRASHED = 2;

function isExport(json: object): boolean {
  const { vaults, userId, version } = recordOf(json);
  if (typeof vaults !== "object" || vaults === null || Array.isArray(vaults)) return false;
  return userId !== undefined || version !== undefined;
}

async function readProtonPass(
  { json, archive }: FileContent,
  passphrase: string | null,
): Promise<Result<ReadFile, FileRefusal>> {
  if (archive === null) return json === null ? err("corrupt") : readVaults(json);
  const name = archive.names.find((path) => DATA.test(path));
  if (name === undefined) return err("pgp-encrypted");
  const bytes = await archive.read(name, passphrase);
  return bytes.ok ? readVaults(jsonOfBytes(bytes.value)) : bytes;
}

function readVaults(json: unknown): Result<ReadFile, FileRefusal> {
  const { vaults } = recordOf(json);
  if (typeof vaults !== "object" || vaults === null) return err("corrupt");
  const all = Object.values(vaults).map(recordOf);
  return gatherEntries(
    all.flatMap((vault) =>
      // One vault is no way to sort anything.
      jsonList(vault.items).flatMap((item) => readItem(recordOf(item), all.length > 1 ? [vault.name] : [])),
    ),
  );
}

/** An item has a code of its own, and may have more in fields that the person added, in sections or not. */
function readItem(
  item: Readonly<Record<string, unknown>>,
  tags: readonly unknown[],
): Result<ReadEntry, RejectedEntry>[] {
  const data = recordOf(item.data);
  const content = recordOf(data.content);
  const metadata = recordOf(data.metadata);
  const extra = [
    ...jsonList(data.extraFields),
    ...jsonList(content.extraFields),
    ...jsonList(content.sections).flatMap((section) => jsonList(recordOf(section).sectionFields)),
  ].map(codeOfField);
  const codes = [content.totpUri, ...extra].filter((code) => textOf(code) !== "");
  // Before the e-mail address and the name were two fields, it was username.
  const username = [content.itemUsername, content.username, content.itemEmail].find(
    (name) => textOf(name) !== "",
  );
  return codes.map((code) =>
    readLoginCode({
      name: metadata.name,
      username,
      code,
      note: metadata.note,
      tags,
      addresses: jsonList(content.urls),
      pinned: isSet(item.pinned),
      trashed: item.state === TRASHED,
    }),
  );
}

function codeOfField(field: unknown): unknown {
  const { type, data } = recordOf(field);
  const { totpUri, content } = recordOf(data);
  if (textOf(type).toLowerCase() !== "totp") return null;
  return textOf(totpUri) === "" ? content : totpUri;
}
