import type { Bytes } from "../../bytes.ts";

/** Kinds of pages in the tree of a table (sqlite.org/fileformat2.html, section 1.6). */
const INNER = 0x05;
const LEAF = 0x0d;
/** The first page begins behind the header of the database. */
const DATABASE_HEADER = 100;
const INNER_HEADER = 12;

/**
 * Whether the pages of a table are no tree: one is referred to twice, lies outside of the file or is of another kind. SQLite
 * would go round in it, in the worst case for longer than anyone lives.
 *
 * @param root the number of the page it begins with, from 1
 */
export function isTangledTree(bytes: Bytes, root: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < DATABASE_HEADER) return true;
  const said = view.getUint16(16);
  const size = said === 1 ? 65_536 : said;
  if (size < 512) return true;
  const pages = Math.floor(bytes.length / size);
  const seen = new Set<number>();
  const next = [root];
  for (let page = next.pop(); page !== undefined; page = next.pop()) {
    if (!Number.isInteger(page) || page < 1 || page > pages || seen.has(page)) return true;
    seen.add(page);
    const begin = (page - 1) * size;
    const header = begin + (page === 1 ? DATABASE_HEADER : 0);
    const kind = view.getUint8(header);
    if (kind === LEAF) continue;
    if (kind !== INNER) return true;
    const cells = view.getUint16(header + 3);
    if (header + INNER_HEADER + cells * 2 > begin + size) return true;
    next.push(view.getUint32(header + 8));
    for (let at = 0; at < cells; at++) {
      const cell = view.getUint16(header + INNER_HEADER + at * 2);
      if (cell + 4 > size) return true;
      next.push(view.getUint32(begin + cell));
    }
  }
  return false;
}
