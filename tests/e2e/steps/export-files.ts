import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import type { HandedFile } from "../vault-steps.ts";

/** The password of the archives below. */
export const ARCHIVE_PASSWORD = "bob packed this himself";

/** A list of addresses in an archive with a password, as WinAuth and careful people make it. */
export async function packedList(uris: readonly string[], name = "accounts.zip"): Promise<HandedFile> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: ARCHIVE_PASSWORD, encryptionStrength: 3 });
  await zip.add("addresses.txt", new TextReader(`${uris.join("\n")}\n`));
  return { name, mimeType: "application/zip", buffer: Buffer.from(await zip.close()) };
}

/** A list of addresses as it is. */
export function plainList(uris: readonly string[], name = "accounts.txt"): HandedFile {
  return { name, mimeType: "text/plain", buffer: Buffer.from(`${uris.join("\n")}\n`) };
}
