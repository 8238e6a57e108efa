import * as z from "zod/mini";
import { type Bytes, bytesToBase64url, utf8, utf8Decode } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { RecordHead } from "./state.ts";

/** One record under the new key: id, version, base64url of SHA-256 of its ciphertext. */
export type RotatedRecord = readonly [id: string, ver: number, h: string];

const listSchema = z.array(z.tuple([z.string(), z.int(), z.string()]));

/**
 * The list of all records of a group under its new key. It is stored beside the link, which names its hash: inside, 5,000
 * records would make the link 400 kB long.
 */
export function formatRotation(records: readonly RotatedRecord[]): Bytes {
  return utf8(JSON.stringify(sorted(records)));
}

/** What the link that rotates names the list by: base64url of SHA-256. */
export async function hashRotation(g: string, epoch: number, list: Bytes): Promise<string> {
  return bytesToBase64url(await sha256(CTX("rotation", g, epoch, list)));
}

/** Reads a list; null for anything that formatRotation would not have written, to the byte. */
export function parseRotation(list: Bytes): RotatedRecord[] | null {
  const text = utf8Decode(list);
  if (!text.ok) return null;
  try {
    const { success, data } = listSchema.safeParse(JSON.parse(text.value));
    return success && JSON.stringify(sorted(data)) === text.value ? data : null;
  } catch {
    return null;
  }
}

/**
 * The heads after a rotation. Null where the list does not carry every live record, each once and one version on: what a
 * rotation leaves behind could be opened by nobody any more, or still by whoever is gone.
 */
export function rotatedHeads(
  heads: ReadonlyMap<string, RecordHead>,
  list: readonly RotatedRecord[],
  { n, epoch, by }: { readonly n: number; readonly epoch: number; readonly by: string },
): RecordHead[] | null {
  const rotated: RecordHead[] = [];
  const seen = new Set<string>();
  for (const [id, ver, h] of list) {
    const before = heads.get(id);
    if (!before || before.h === null || seen.has(id) || ver !== before.ver + 1) return null;
    seen.add(id);
    rotated.push({ ...before, ver, h, epoch, by, changed: n });
  }
  const live = [...heads.values()].filter((head) => head.h !== null);
  return live.length === rotated.length ? rotated : null;
}

function sorted(records: readonly RotatedRecord[]): RotatedRecord[] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
}
