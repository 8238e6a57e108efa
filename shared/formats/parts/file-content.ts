import type { Bytes } from "../../bytes.ts";
import type { FileContent } from "../format.ts";
import { isZip, openArchive } from "./archive.ts";
import { decodeText } from "./file-text.ts";

/** Opens bytes for recognition and reading. */
export async function openFile(bytes: Bytes): Promise<FileContent> {
  const archive = isZip(bytes) ? await openArchive(bytes) : null;
  const { text, codePage } = decodeText(bytes) ?? { text: null, codePage: null };
  return { ...textContent(text), codePage, bytes, archive };
}

/** What a text says of itself. */
function textContent(text: string | null): Pick<FileContent, "text" | "json" | "xmlRoot"> {
  return { text, json: text === null ? null : jsonOf(text), xmlRoot: text === null ? null : xmlRootOf(text) };
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
