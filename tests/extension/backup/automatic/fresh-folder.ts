/** A real folder of the browser's own, for what a person would choose: it asks for no permission. */
export async function freshFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry("backups", { recursive: true }).catch(() => {});
  return root.getDirectoryHandle("backups", { create: true });
}

/** What a person does with a folder. */
export const FOLDER = {
  async names(folder: FileSystemDirectoryHandle): Promise<string[]> {
    const names: string[] = [];
    for await (const [name, handle] of folder.entries()) if (handle.kind === "file") names.push(name);
    return names.toSorted();
  },
  async read(folder: FileSystemDirectoryHandle, name: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer());
  },
  async write(
    folder: FileSystemDirectoryHandle,
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writable.write(bytes);
    await writable.close();
  },
  async remove(folder: FileSystemDirectoryHandle): Promise<void> {
    await (await navigator.storage.getDirectory()).removeEntry(folder.name, { recursive: true });
  },
};
