import { type Bytes, bytesToHex, equalBytes } from "../../../shared/bytes.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import {
  beginDownload,
  findDownload,
  finishDownload,
  mayDownload,
  removeDownload,
  settleDownload,
} from "../../platform/downloads.ts";
import { mayUseFolder, readFromFolder, removeFromFolder, writeToFolder } from "../../platform/folder.ts";
import type { VaultKey } from "../../vault/vault-key.ts";
import { type ChosenFolder, readChosenFolder } from "./chosen-folder.ts";
import type { Plan } from "./plan.ts";
import type { Failure, Whereabouts, WrittenFile } from "./written-files.ts";

export type Saved = { readonly name: string; readonly where: Whereabouts };

/** Where backups go, and what can be done there. */
export type Place = {
  /** Of a folder; downloads have none. */
  readonly folderId: string | null;
  /**
   * Writes a file and looks at it.
   *
   * @param stem its name without the ending; one that is taken gets a number
   * @param onBegun told before anything of the file can be left over; must have noted it when it resolves
   */
  save(stem: string, bytes: Bytes, onBegun: (saved: Saved) => Promise<void>): Promise<Result<Saved, Failure>>;
  /** What became of a file that was begun. @returns null: nothing of it is left that counts */
  settle(file: WrittenFile): Promise<Whereabouts | null>;
  /** Whether it is still there, as it was written. */
  isThere(file: WrittenFile): Promise<boolean>;
  /** "gone": not there under its name. "changed": something else is. Neither is touched. */
  remove(file: WrittenFile): Promise<"removed" | "gone" | "changed" | "refused">;
};

/** Among the downloads they have a folder to themselves. */
const DOWNLOADS_FOLDER = "Countersign";

/** The place of a plan, if it can be written to now. */
export async function placeOf(
  { place }: Pick<Plan, "place">,
  key: VaultKey,
): Promise<Result<Place, Failure>> {
  if (place === "downloads") return (await mayDownload()) ? ok(DOWNLOADS) : err("no-permission");
  const folder = await readChosenFolder(key);
  if (folder === null) return err("folder-gone");
  return (await mayUseFolder(folder.handle)) ? ok(folderPlace(folder)) : err("folder-asks");
}

/** Which folder a plan's files are in, whether it can be written to or not; null: downloads, or none is chosen. */
export async function folderIdOf({ place }: Pick<Plan, "place">, key: VaultKey): Promise<string | null> {
  return place === "folder" ? ((await readChosenFolder(key))?.id ?? null) : null;
}

const DOWNLOADS: Place = {
  folderId: null,
  async save(stem, bytes, onBegun) {
    const begun = await beginDownload(`${DOWNLOADS_FOLDER}/${stem}.age`, bytes);
    if (!begun.ok) return err("not-written");
    const { id, release } = begun.value;
    try {
      await onBegun({ name: `${stem}.age`, where: { kind: "downloads", id, path: "" } });
      const done = await finishDownload(id);
      if (!done.ok) return err("not-written");
      if (done.value.size !== bytes.length) return err("not-verified");
      const { path } = done.value;
      return ok({ name: nameIn(path), where: { kind: "downloads", id, path } });
    } finally {
      release();
    }
  },
  async settle({ where, name, size }) {
    if (where.kind !== "downloads") return null;
    const found = await settleDownload({ id: where.id, stem: name.replace(/\.age$/, ""), size });
    return found && { kind: "downloads", id: found.id, path: found.path };
  },
  async isThere({ where, size }) {
    return (
      where.kind === "downloads" && (await findDownload({ id: where.id, path: where.path, size })) !== null
    );
  },
  async remove({ where, size }) {
    if (where.kind !== "downloads") return "gone";
    const found = await findDownload({ id: where.id, path: where.path, size });
    if (found === null) return "gone";
    return (await removeDownload(found.id)) ? "removed" : "refused";
  },
};

/** More files of one day than anybody makes. */
const MOST_NAMES = 100;

function folderPlace({ id, handle }: ChosenFolder): Place {
  const where: Whereabouts = { kind: "folder", folder: id };
  return {
    folderId: id,
    async save(stem, bytes, onBegun) {
      for (let number = 1; number < MOST_NAMES; number++) {
        const name = number === 1 ? `${stem}.age` : `${stem}-${number}.age`;
        const there = await readFromFolder(handle, name);
        if (there.ok) continue;
        if (there.error === "gone") return err("folder-gone");
        await onBegun({ name, where });
        const written = await writeToFolder(handle, name, bytes);
        if (!written.ok && written.error === "name-taken") continue;
        if (!written.ok) return err(written.error === "gone" ? "folder-gone" : "not-written");
        const back = await readFromFolder(handle, name);
        return back.ok && equalBytes(back.value, bytes) ? ok({ name, where }) : err("not-verified");
      }
      return err("not-written");
    },
    async settle(file) {
      const there = await readFromFolder(handle, file.name);
      if (!there.ok) return null;
      if ((await hashOf(there.value)) === file.sha256) return where;
      // A page that was closed while it wrote leaves a file without a byte.
      if (there.value.length === 0) await removeFromFolder(handle, file.name);
      return null;
    },
    async isThere(file) {
      const there = await readFromFolder(handle, file.name);
      return there.ok && (await hashOf(there.value)) === file.sha256;
    },
    async remove(file) {
      const there = await readFromFolder(handle, file.name);
      if (!there.ok) return there.error === "absent" ? "gone" : "refused";
      if ((await hashOf(there.value)) !== file.sha256) return "changed";
      return (await removeFromFolder(handle, file.name)) ? "removed" : "refused";
    },
  };
}

/** By what the bytes of a file are known again, in hexadecimal. */
export async function hashOf(bytes: Bytes): Promise<string> {
  return bytesToHex(await sha256(bytes));
}

function nameIn(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
