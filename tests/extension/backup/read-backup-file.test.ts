import { describe, expect, it } from "vitest";
import { MAX_BACKUP_BYTES, readBackupFile } from "../../../extension/backup/read-backup-file.ts";

/** A file that says how large it is, and fails the test where anything of it is read. */
function fileOf(size: number, read: () => Promise<ArrayBuffer>): Blob {
  const file = new Blob([]);
  Object.defineProperty(file, "size", { value: size });
  Object.defineProperty(file, "arrayBuffer", { value: read });
  return file;
}

describe("a file chosen as a backup", () => {
  it("is read", async () => {
    const read = await readBackupFile(new Blob([new Uint8Array([1, 2, 3])]));
    expect(read).toEqual({ ok: true, value: new Uint8Array([1, 2, 3]) });
  });

  it("is refused by its size before anything of it is read", async () => {
    let reads = 0;
    const large = fileOf(MAX_BACKUP_BYTES + 1, async () => {
      reads += 1;
      return new ArrayBuffer(0);
    });
    expect(await readBackupFile(large)).toEqual({ ok: false, error: "too-large" });
    expect(reads).toBe(0);
  });

  it("that is gone says so", async () => {
    const gone = fileOf(10, () => Promise.reject(new DOMException("", "NotFoundError")));
    expect(await readBackupFile(gone)).toEqual({ ok: false, error: "unreadable" });
  });
});
