import { err, ok, type Result } from "../result.ts";
import type { Format, ReadEntry, RejectedEntry } from "./format.ts";
import { gatherEntries } from "./parts/gather-entries.ts";
import { type KeepassStrings, readKeepassCodes } from "./parts/keepass-codes.ts";
import { sitesOfLogin } from "./parts/login-sites.ts";
import { childText, directText, elementsOf, readXml, type Xml } from "./parts/xml.ts";

/**
 * The XML export of KeePass 2, KeePassXC and MacPass (KdbxFile.Write.cs): groups of entries, each of strings. What lies in
 * the recycle bin and former states of entries are left out, as they are when such a file is taken into KeePass.
 */
export const keepassXmlFormat = {
  id: "keepass-xml",
  recognise: ({ xmlRoot }) => xmlRoot === "KeePassFile",
  read: async ({ text }) => {
    const file = await readXml(withoutBulk(text ?? ""));
    if (!file.ok) return file;
    const [root] = elementsOf(file.value, "Root");
    return root === undefined ? err("corrupt") : gatherEntries(readGroups(root, metaOf(file.value)));
  },
  write: null,
} as const satisfies Format;

/** Most of a file. No text of a string looks like their tags, since "<" is escaped there. */
const BULK = ["History", "Binaries"];

/** The text without former states and attachments, which would be parsed for nothing. */
function withoutBulk(text: string): string {
  return BULK.reduce((rest, name) => withoutElements(rest, name), text);
}

function withoutElements(text: string, name: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(`<${name}>`, from);
    const end = start === -1 ? -1 : text.indexOf(`</${name}>`, start);
    // What isn't closed is left to the parser, which says that it is broken.
    if (end === -1) break;
    kept.push(text.slice(from, start));
    from = end + name.length + 3;
  }
  return [...kept, text.slice(from)].join("");
}

type Meta = { readonly recycleBin: string; readonly database: string };

function metaOf(file: Xml): Meta {
  const [meta] = elementsOf(file, "Meta");
  if (meta === undefined) return { recycleBin: "", database: "" };
  const isEnabled = childText(meta, "RecycleBinEnabled").trim().toLowerCase() !== "false";
  return {
    recycleBin: isEnabled ? childText(meta, "RecycleBinUUID").trim() : "",
    database: childText(meta, "DatabaseName").trim(),
  };
}

/** No recycle bin has this id. */
const NO_UUID = "AAAAAAAAAAAAAAAAAAAAAA==";

/** Groups lie in groups as deep as anybody likes: a list of what is left to visit takes no stack. */
function readGroups(root: Xml, { recycleBin, database }: Meta): Result<ReadEntry, RejectedEntry>[] {
  const read: Result<ReadEntry, RejectedEntry>[] = [];
  const left = elementsOf(root, "Group").map((group) => ({ group, isTop: true }));
  left.reverse();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { group, isTop } = next;
    const uuid = childText(group, "UUID").trim();
    if (uuid !== "" && uuid !== NO_UUID && uuid === recycleBin) continue;
    const name = childText(group, "Name").trim();
    // The group that holds all others says nothing: it is called as programs call it, or as the database.
    const isAll = isTop && (/^(?:root|database|passwords)$/i.test(name) || name === database);
    for (const entry of elementsOf(group, "Entry")) {
      for (const code of readEntry(entry, isAll ? "" : name)) read.push(code);
    }
    for (const inner of elementsOf(group, "Group").reverse()) left.push({ group: inner, isTop: false });
  }
  return read;
}

function readEntry(entry: Xml, group: string): Result<ReadEntry, RejectedEntry>[] {
  const strings = stringsOf(entry);
  const tags = [group, ...childText(entry, "Tags").split(/[;,]/)].map((tag) => tag.trim());
  const addresses = [...strings].filter(([key]) => key === "URL" || /^KP2A_URL/.test(key));
  const sites = sitesOfLogin(addresses.map(([, address]) => address));
  const note = strings.get("Notes")?.trim() ?? "";
  const kept = [...new Set(tags.filter((tag) => tag !== ""))];
  return readKeepassCodes(strings).map((code) =>
    code.ok
      ? ok({
          ...code.value,
          draft: {
            ...code.value.draft,
            ...(note === "" ? {} : { note }),
            ...(kept.length === 0 ? {} : { tags: kept }),
            ...(sites.length === 0 ? {} : { sites }),
          },
        })
      : code,
  );
}

function stringsOf(entry: Xml): KeepassStrings {
  return new Map(
    elementsOf(entry, "String").map((string) => {
      const [value] = elementsOf(string, "Value");
      const isHidden = value?.attributes.Protected?.toLowerCase() === "true" && directText(value) !== "";
      return [
        childText(string, "Key").trim(),
        isHidden ? null : value === undefined ? "" : directText(value),
      ] as const;
    }),
  );
}
