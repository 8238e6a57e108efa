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
  it.for([
    "age-encryption.org/v1\n-> scrypt 2hFDDxu4rj4uFqWWAnFPNQ 18\n",
    "\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl",
    "age-encryption.org",
  ])("is read where it begins as one: %j", async (text) => {
    const bytes = new TextEncoder().encode(text);
    expect(await readBackupFile(new Blob([bytes]))).toEqual({ ok: true, value: bytes });
  });

  it.for(["", "\x89PNG\r\n", "otpauth://totp/alice", "age-encryption.org/v1\n-> X25519 "])(
    "is refused where it can be none, before anybody is asked for its passphrase: %j",
    async (text) => {
      expect(await readBackupFile(new Blob([text]))).toEqual({ ok: false, error: "not-a-backup" });
    },
  );

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
