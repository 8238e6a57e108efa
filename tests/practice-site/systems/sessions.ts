import { randomUUID } from "node:crypto";

/** Something that was begun and that ends by itself: a session, a challenge, a flow. */
export class Sessions<T> {
  readonly #now: () => number;
  readonly #open = new Map<string, { readonly value: T; readonly until: number }>();

  /** @param now milliseconds since 1970 UTC */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins one that lives for so many seconds; returns its id, which nobody can guess unless they are told. */
  open(value: T, seconds: number, id: string = randomUUID()): string {
    this.#open.set(id, { value, until: this.#now() + seconds * 1000 });
    return id;
  }

  /** When one ends or ended, in milliseconds since 1970 UTC; 0 for an unknown one. */
  until(id: string): number {
    return this.#open.get(id)?.until ?? 0;
  }

  /** What was begun under an id. */
  find(id: string): { readonly value: T; readonly state: "open" | "expired" } | null {
    const found = this.#open.get(id);
    if (found === undefined) return null;
    return { value: found.value, state: this.#now() < found.until ? "open" : "expired" };
  }

  /** The same, null where it has ended too. */
  live(id: string): T | null {
    const found = this.find(id);
    return found?.state === "open" ? found.value : null;
  }

  end(id: string): void {
    this.#open.delete(id);
  }
}
