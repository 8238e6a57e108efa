import type { Bytes } from "../../bytes.ts";

/** What begins every stream of Java's serialisation (Object Serialization Stream Protocol, section 6.4.2). */
const MAGIC = 0xaced0005;
const TC = {
  null: 0x70,
  reference: 0x71,
  classDesc: 0x72,
  object: 0x73,
  string: 0x74,
  blockData: 0x77,
  endBlockData: 0x78,
  longString: 0x7c,
} as const;
const FIRST_HANDLE = 0x7e0000;
const WRITE_METHOD = 0x01;
const PRIMITIVE_BYTES: Readonly<Record<string, number>> = { B: 1, C: 2, D: 8, F: 4, I: 4, J: 8, S: 2, Z: 1 };
/** Classes extend each other; those in question by two steps at most. */
const MOST_PARENTS = 8;
const MAPS = /^java\.util\.(?:LinkedHashMap|HashMap)$/;

type ClassDesc = {
  readonly name: string;
  readonly flags: number;
  readonly fields: string[];
  parent: ClassDesc | null;
};

/** Whether the bytes begin as a serialised HashMap does. */
export function isJavaMap(bytes: Bytes): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 40));
  return (
    bytes.length > 8 && viewOf(bytes).getUint32(0) === MAGIC && /java\.util\.(?:Linked)?HashMap/.test(head)
  );
}

/**
 * Reads a serialised HashMap of texts. Of Java's serialisation only what such a map needs: no class is ever looked up, no
 * object is built; values that are no texts (numbers, switches) are stepped over.
 *
 * @returns null where the bytes are anything else
 */
export function readJavaMap(bytes: Bytes): ReadonlyMap<string, string> | null {
  try {
    return new JavaReader(viewOf(bytes)).readMap();
  } catch (error) {
    // What DataView throws past the end, and what is thrown below.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

class JavaReader {
  readonly #view: DataView;
  readonly #handles: (string | ClassDesc | null)[] = [];
  #at = 0;

  constructor(view: DataView) {
    this.#view = view;
  }

  readMap(): ReadonlyMap<string, string> {
    if (this.#number(4) !== MAGIC || this.#number(1) !== TC.object) throw RangeError("no object");
    const desc = this.#classDesc();
    if (desc === null || !MAPS.test(desc.name)) throw RangeError("no map");
    this.#handles.push(null);
    const map = new Map<string, string>();
    const contents: (string | null)[] = [];
    this.#fields(desc, (content) => contents.push(content));
    for (let at = 0; at + 1 < contents.length; at += 2) {
      const [key, value] = [contents[at], contents[at + 1]];
      if (typeof key === "string" && typeof value === "string") map.set(key, value);
    }
    return map;
  }

  /** The values of an object, its parents' first; what its class wrote beside them is handed on. */
  #fields(desc: ClassDesc, take: (content: string | null) => void): void {
    const chain: ClassDesc[] = [];
    for (let at: ClassDesc | null = desc; at !== null; at = at.parent) {
      if (chain.unshift(at) > MOST_PARENTS) throw RangeError("too many parents");
    }
    for (const { fields, flags } of chain) {
      for (const type of fields) {
        const size = PRIMITIVE_BYTES[type];
        if (size === undefined) this.#content(this.#number(1));
        else this.#skip(size);
      }
      if (flags & WRITE_METHOD) this.#annotations(take);
    }
  }

  #annotations(take: (content: string | null) => void): void {
    for (let tag = this.#number(1); tag !== TC.endBlockData; tag = this.#number(1)) {
      if (tag === TC.blockData) this.#skip(this.#number(1));
      else take(this.#content(tag));
    }
  }

  /** One value: its text, or null for what is none. */
  #content(tag: number): string | null {
    switch (tag) {
      case TC.null:
        return null;
      case TC.reference: {
        const known = this.#handle();
        return typeof known === "string" ? known : null;
      }
      case TC.string:
        return this.#remember(this.#text(this.#number(2)));
      case TC.longString:
        if (this.#number(4) !== 0) throw RangeError("too long");
        return this.#remember(this.#text(this.#number(4)));
      case TC.object: {
        const desc = this.#classDesc();
        if (desc === null || desc.fields.some((type) => !(type in PRIMITIVE_BYTES)))
          throw RangeError("no number");
        this.#handles.push(null);
        this.#fields(desc, () => {
          throw RangeError("no number");
        });
        return null;
      }
      default:
        throw RangeError("unknown value");
    }
  }

  #classDesc(steps = 0): ClassDesc | null {
    const tag = this.#number(1);
    if (tag === TC.null) return null;
    if (tag === TC.reference) {
      const known = this.#handle();
      return typeof known === "string" ? null : known;
    }
    if (tag !== TC.classDesc || steps > MOST_PARENTS) throw RangeError("no class");
    const name = this.#text(this.#number(2));
    this.#skip(8);
    const at = this.#handles.push(null) - 1;
    const flags = this.#number(1);
    const fields: string[] = [];
    for (let count = this.#number(2); count > 0; count--) {
      const type = String.fromCharCode(this.#number(1));
      this.#skip(this.#number(2));
      if (!(type in PRIMITIVE_BYTES)) this.#content(this.#number(1));
      fields.push(type);
    }
    this.#annotations(() => {
      throw RangeError("annotated class");
    });
    const desc: ClassDesc = { name, flags, fields, parent: this.#classDesc(steps + 1) };
    this.#handles[at] = desc;
    return desc;
  }

  #handle(): string | ClassDesc | null {
    const known = this.#handles[this.#number(4) - FIRST_HANDLE];
    if (known === undefined) throw RangeError("no such value");
    return known;
  }

  #remember(text: string): string {
    this.#handles.push(text);
    return text;
  }

  /** Big-endian, without sign. */
  #number(size: 1 | 2 | 4): number {
    const at = this.#at;
    this.#at += size;
    if (size === 1) return this.#view.getUint8(at);
    return size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #skip(size: number): void {
    this.#at += size;
    if (this.#at > this.#view.byteLength) throw RangeError("past the end");
  }

  /** Modified UTF-8 (DataInput.readUTF): NUL is two bytes, and what lies beyond 16 bits is two surrogates of three. */
  #text(size: number): string {
    const end = this.#at + size;
    if (end > this.#view.byteLength) throw RangeError("past the end");
    const units: string[] = [];
    while (this.#at < end) {
      const first = this.#number(1);
      const following = first < 0x80 ? 0 : first < 0xe0 ? 1 : 2;
      let unit = following === 0 ? first : first & (following === 1 ? 0x1f : 0x0f);
      for (let left = following; left > 0; left--) unit = (unit << 6) | (this.#number(1) & 0x3f);
      units.push(String.fromCharCode(unit));
    }
    if (this.#at !== end) throw RangeError("broken text");
    return units.join("");
  }
}
