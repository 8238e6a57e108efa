import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";

type Access = "granted" | "denied" | "prompt";
/** Only browsers of the Chromium family have these, and no compiler's library yet. */
type Permitted = {
  queryPermission?(descriptor: { mode: "readwrite" }): Promise<Access>;
  requestPermission?(descriptor: { mode: "readwrite" }): Promise<Access>;
};
type Picker = {
  showDirectoryPicker?(options: {
    id: string;
    mode: "readwrite";
    startIn: string;
  }): Promise<FileSystemDirectoryHandle>;
};

/** Whether this browser lets a person choose a folder to write to. Firefox does not. */
export function canChooseFolder(): boolean {
  return (globalThis as Picker).showDirectoryPicker !== undefined;
}

/** Lets the person choose a folder; to be called first thing within the press. @returns null: none was chosen */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    const chosen = await (globalThis as Picker).showDirectoryPicker?.({
      id: "backups",
      mode: "readwrite",
      startIn: "documents",
    });
    return chosen ?? null;
  } catch {
    return null;
  }
}

/** Whether the folder may be written to now. Browsers may take that back when they close. */
export async function mayUseFolder(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return (await (folder as Permitted).queryPermission?.({ mode: "readwrite" })) === "granted";
}

/** Asks the person to allow it again; to be called within a press. */
export async function askForFolder(folder: FileSystemDirectoryHandle): Promise<boolean> {
  const asked = await (folder as Permitted).requestPermission?.({ mode: "readwrite" }).catch(() => "denied");
  return asked === "granted";
}

/** "gone": the folder is not where it was, or may not be read. "absent": no file of that name is in it. */
export async function readFromFolder(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<Result<Bytes, "absent" | "gone">> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    // A folder that is gone says the same of every name in it.
    const isAbsent = isNotFound(error) && (await isThere(folder));
    return err(isAbsent ? "absent" : "gone");
  }
}

/** Writes a new file; what has that name already is not touched. */
export async function writeToFolder(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Bytes,
): Promise<Result<void, "name-taken" | "gone" | "not-written">> {
  const before = await readFromFolder(folder, name);
  if (before.ok) return err("name-taken");
  if (before.error === "gone") return err("gone");
  let writable: FileSystemWritableFileStream | null = null;
  try {
    writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    // The file has no bytes at all before it is closed, and then all of them.
    await writable.write(bytes);
    await writable.close();
    return ok(undefined);
  } catch {
    // Else the browser holds on to the file, and to what it has written beside it.
    await writable?.abort().catch(() => {});
    return err("not-written");
  }
}

/** @returns whether it is gone by that */
export async function removeFromFolder(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.removeEntry(name);
    return true;
  } catch {
    return false;
  }
}

async function isThere(folder: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    // An empty folder has nothing to give, and says so without an error.
    await folder.keys().next();
    return true;
  } catch {
    return false;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotFoundError";
}
