import { crc32, inflateRawSync } from "node:zlib";

/** Reads a zip archive by its central directory, as a store does; throws where a file is not what its checksum says. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw Error("no entry of a directory");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      archive.readUInt16LE(at + place),
    );
    const name = archive.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    files.set(name, readFile(archive, archive.readUInt32LE(at + 42), archive.readUInt32LE(at + 20)));
    if (crc32(files.get(name) ?? "") !== archive.readUInt32LE(at + 16)) throw Error(`${name} is damaged`);
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

function readFile(archive: Buffer, start: number, packedLength: number): Buffer {
  if (archive.readUInt32LE(start) !== 0x04034b50) throw Error("no file begins there");
  const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  return inflateRawSync(archive.subarray(data, data + packedLength));
}
