import { vi } from "vitest";
import type { AgeLock } from "../../../extension/backup/age-file.ts";
import { openAgeFile, sealAgeFile, sealAgeFileTo } from "../../../extension/backup/age-file.ts";
import type { Bytes } from "../../../shared/bytes.ts";

/** Stands in for age-in-worker.ts: the same files, cheap to derive, and made in the page. */
export const sealInWorker = vi.fn((plaintext: Bytes, lock: AgeLock) =>
  lock.kind === "passphrase"
    ? sealAgeFile(plaintext, lock.passphrase, 4)
    : sealAgeFileTo(plaintext, lock.recipient),
);

export const openInWorker = vi.fn(openAgeFile);
