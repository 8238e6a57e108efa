import { browser, fakeApi } from "../../support/fake-extension-api.ts";

type Item = {
  id: number;
  filename: string;
  fileSize: number;
  state: string;
  exists: boolean;
  byExtensionId: string;
};

/** The browser's downloads, as far as the extension sees them, with what lies on the disk. */
export class FakeDownloads {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly items: Item[] = [];
  /** How the next downloads end. */
  ends: "complete" | "interrupted" | "cut-short" | "never" = "complete";
  isPermitted = true;
  #ids = 0;

  constructor() {
    fakeApi.answer("permissions.contains", () => this.isPermitted);
    fakeApi.answer("permissions.request", () => {
      this.isPermitted = true;
      return true;
    });
    fakeApi.answer("downloads.download", async (options: { url: string; filename: string }) => {
      const bytes = new Uint8Array(await (await fetch(options.url)).arrayBuffer());
      return this.#keep(options.filename, bytes);
    });
    fakeApi.answer("downloads.search", (query: { id?: number; query?: string[] }) => this.#find(query));
    fakeApi.answer("downloads.removeFile", (id: number) => {
      const item = this.items.find((each) => each.id === id);
      if (!item || !this.files.delete(item.filename)) throw Error("no such file");
    });
    fakeApi.answer("downloads.erase", ({ id }: { id: number }) => this.#drop(id));
    fakeApi.answer("downloads.cancel", () => undefined);
  }

  /** The names of the files that are there, in order. */
  get names(): string[] {
    return [...this.files.keys()].map((path) => path.split("/").at(-1) ?? path).toSorted();
  }

  /** The person moves a file out of the way. */
  move(name: string): void {
    for (const path of [...this.files.keys()]) if (path.endsWith(`/${name}`)) this.files.delete(path);
  }

  #keep(filename: string, bytes: Uint8Array<ArrayBuffer>): number {
    const id = ++this.#ids;
    let path = `/downloads/${filename}`;
    for (let number = 1; this.files.has(path); number++)
      path = `/downloads/${filename.replace(/\.age$/, ` (${number}).age`)}`;
    const isWhole = this.ends !== "cut-short";
    if (this.ends !== "interrupted") this.files.set(path, isWhole ? bytes : bytes.slice(0, 10));
    const state = { complete: "complete", "cut-short": "complete", never: "in_progress" } as const;
    this.items.push({
      id,
      filename: path,
      fileSize: isWhole ? bytes.length : 10,
      state: this.ends === "interrupted" ? "interrupted" : state[this.ends],
      exists: true,
      byExtensionId: browser.runtime.id,
    });
    return id;
  }

  #find({ id, query }: { id?: number; query?: string[] }): Item[] {
    return this.items
      .filter((item) =>
        id === undefined ? query?.every((word) => item.filename.includes(word)) : item.id === id,
      )
      .map((item) => ({ ...item, exists: this.files.has(item.filename) }));
  }

  #drop(id: number): number[] {
    const at = this.items.findIndex((item) => item.id === id);
    if (at >= 0) this.items.splice(at, 1);
    return [id];
  }
}
