import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { gather } from "../../../extension/import/gather.ts";
import { readFiles } from "../../../extension/import/read-files.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import { formatOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";
import { draft } from "../vault/drafts.ts";

const signal = { signal: new AbortController().signal };
const text = (name: string, content: string) => new File([content], name, { type: "text/plain" });
async function picture(name: string, content: string, type = "image/png"): Promise<File> {
  const bytes = atob((await QRCode.toDataURL(content, { margin: 4, scale: 6 })).split(",")[1] ?? "");
  return new File([Uint8Array.from(bytes, (character) => character.charCodeAt(0))], name, { type });
}

describe("several files at once", () => {
  it("give the parts of one Google export, in pictures and texts, together; what is missing is known", async () => {
    const entries = Array.from({ length: 25 }, (_, at) => draftToEntry(draft(at + 1), 1));
    const [one = "", two = "", three = ""] = formatMigrationUris(entries, 4711).uris;
    const other = formatOtpauthUri(draftToEntry(draft(90), 1));
    const read = async (...files: File[]) => {
      const { read: reads, failed } = await readFiles(files, signal);
      expect(failed).toEqual([]);
      return gather(reads, signal);
    };
    const some = await read(text("a.txt", `${one}\n${other}\n`), await picture("c.png", three));
    expect(some.drafts).toHaveLength(16);
    expect(some.batches).toMatchObject([{ batchSize: 3, collected: { complete: false, missing: [1] } }]);
    expect(some.formats).toEqual(["google-migration"]);
    // A part that comes later, or twice, joins those that were there.
    const all = await read(text("b.txt", `${two}\n${one}`));
    expect(all.drafts.map(({ draft: { issuer } }) => issuer)).toEqual(entries.map(({ issuer }) => issuer));
    expect(all.batches).toMatchObject([{ collected: { complete: true } }]);
    expect(all.notices).toEqual(["period-assumed-30"]);
  });

  it("know the parts of a Google export that were packed or saved as UTF-16, and which are missing", async () => {
    const entries = Array.from({ length: 25 }, (_, at) => draftToEntry(draft(at + 1), 1));
    const [one = "", two = ""] = formatMigrationUris(entries, 4712).uris;
    const zip = new ZipWriter(new Uint8ArrayWriter());
    await zip.add("a.txt", new TextReader(formatOtpauthUri(draftToEntry(draft(90), 1))));
    await zip.add("b.txt", new TextReader(`${two}\n`));
    const wide = Uint16Array.from(`${one}\r\n`, (character) => character.charCodeAt(0));
    const files = [new File([await zip.close()], "a.zip"), new File([wide], "b.txt")];
    const { read, failed } = await readFiles(files, signal);
    expect(failed).toEqual([]);
    const { drafts, batches, notices } = await gather(read, signal);
    expect(drafts).toHaveLength(21);
    expect(batches).toMatchObject([{ batchSize: 3, collected: { complete: false, missing: [2] } }]);
    expect(notices).toEqual(["period-assumed-30"]);
  });

  it("name each that gives nothing, and why, and read the others", async () => {
    const uri = formatOtpauthUri(draftToEntry(draft(7), 1));
    const files = [
      text("notes.txt", "nothing of that kind"),
      await picture("code", uri, ""),
      new File([new Uint8Array([1, 2, 3])], "broken.png", { type: "image/png" }),
    ];
    const { read, failed } = await readFiles(files, signal);
    expect(read.map(({ entries }) => entries.length)).toEqual([1]);
    expect(failed).toEqual([
      { name: "notes.txt", why: "unknown-format" },
      { name: "broken.png", why: { reason: "not-an-image" } },
    ]);
  });
});
