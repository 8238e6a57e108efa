import { type Bytes, utf8Decode } from "../../bytes.ts";
import type { FileContent } from "../format.ts";
import { isZip, openArchive } from "./archive.ts";

/** Opens bytes for recognition and reading. */
export async function openFile(bytes: Bytes): Promise<FileContent> {
  const archive = isZip(bytes) ? await openArchive(bytes) : null;
  return { ...textContent(textOf(bytes)), bytes, archive };
}

/** What a text says of itself. */
function textContent(text: string | null): Pick<FileContent, "text" | "json" | "xmlRoot"> {
  return { text, json: text === null ? null : jsonOf(text), xmlRoot: text === null ? null : xmlRootOf(text) };
}

/** UTF-8, or UTF-16 that says so by its byte order mark, as spreadsheets save it. */
function textOf(bytes: Bytes): string | null {
  const [first, second] = bytes;
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const text = utf8Decode(bytes);
  // A text has no NUL; what has one is data that happens to be valid UTF-8.
  return text.ok && !text.value.includes("\0") ? text.value.replace(/^\ufeff/, "") : null;
}

/** Ten thousand accounts of fifty lists and objects each: more of them than that were made to fill the memory. */
const MOST_NODES = 500_000;

function jsonOf(text: string): object | null {
  if (!/^\s*[{[]/.test(text) || hasMoreNodes(text)) return null;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" ? json : null;
  } catch {
    return null;
  }
}

function hasMoreNodes(text: string): boolean {
  if (text.length <= MOST_NODES) return false;
  let nodes = 0;
  for (const begin of ["{", "["]) {
    for (let at = text.indexOf(begin); at !== -1 && nodes <= MOST_NODES; at = text.indexOf(begin, at + 1))
      nodes++;
  }
  return nodes > MOST_NODES;
}

/** Declaration, comments, document type and processing instructions are skipped. */
function xmlRootOf(text: string): string | null {
  const start = /^\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<![A-Z][^>[]*>\s*)*<([A-Za-z_][\w.:-]*)/s.exec(
    text.slice(0, MOST_PROLOGUE),
  );
  return start?.[1] ?? null;
}

const MOST_PROLOGUE = 4_096;
