import { expect } from "vitest";
import { undoRestore } from "../../../extension/backup/restore.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { deleteForever, moveToTrash, purgeTrash, restoreFromTrash } from "../../../extension/vault/trash.ts";
import type { UndoOutcome } from "../../../extension/vault/undo-snapshot.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { quickBackup, restoreAll } from "../backup/quick-backup.ts";
import { draft, hotpDraft } from "./drafts.ts";
import type { Random } from "./random.ts";
import type { ModelItem, VaultModel } from "./vault-model.ts";

const HOUR = 3_600_000;
/** Beyond that, entries are deleted for ever rather than added. */
const MANY = 90;

/** One thing that a person does: what is asked of the vault, and what it then has to have done. */
export type Step = {
  readonly kind: string;
  /** Whether it takes its turn as soon as it is asked, so that several asked at once come in that order. */
  readonly isPlain: boolean;
  readonly ask: () => Promise<unknown>;
  /** Does the same to the model. @param answer what the vault answered */
  readonly expect: (answer: unknown) => void;
};

type Backup = { readonly bytes: Uint8Array; readonly items: readonly ModelItem[] };

/** Makes steps at random from what the model holds. */
export class StepMaker {
  readonly #random: Random;
  readonly #model: VaultModel;
  #now = 1_700_000_000_000;
  #number = 0;
  #backups: Backup[] = [];

  constructor(random: Random, model: VaultModel) {
    this.#random = random;
    this.#model = model;
  }

  /** Drafts whose secrets no other entry ever had. */
  newDrafts(count: number): EntryDraft[] {
    return Array.from({ length: count }, () => {
      const number = ++this.#number;
      return number % 3 === 0 ? hotpDraft(number, this.#random.below(1000)) : draft(number);
    });
  }

  next(): Step {
    this.#now += this.#random.below(HOUR * 6);
    const part = this.#random.next();
    if (this.#model.rows.size > MANY) return this.#delete(12);
    if (part < 0.14) return this.#add();
    if (part < 0.3) return this.#change();
    if (part < 0.4) return this.#pin();
    if (part < 0.52) return this.#move();
    if (part < 0.6) return this.#use();
    if (part < 0.72) return this.#press();
    if (part < 0.8) return this.#trash();
    if (part < 0.86) return this.#untrash();
    if (part < 0.9) return this.#delete(2);
    if (part < 0.93) return this.#purge();
    if (part < 0.95) return this.#backup();
    if (part < 0.98) return this.#restore();
    return this.#undo();
  }

  #add(): Step {
    const drafts = this.newDrafts(1 + this.#random.below(3));
    const now = this.#now;
    return {
      kind: "add",
      isPlain: true,
      ask: () => addEntries(drafts, { now }),
      expect: (ids) => this.#model.add(ids as string[], drafts, now),
    };
  }

  #change(): Step {
    const [id, now] = [this.#id(), this.#now];
    const [fresh] = this.newDrafts(1);
    const patch = this.#random.pick([
      { issuer: `Renamed ${this.#number}`, tags: ["x"] },
      { account: "bob", sites: [`${this.#number}.example`] },
      { note: `noted ${this.#number}` },
      { secret: fresh?.secret ?? "" },
    ]);
    return this.#answered(
      "change",
      () => changeEntry(id, patch, now),
      () => this.#model.change(id, patch, now),
    );
  }

  #pin(): Step {
    const [id, pinned] = [this.#id(), this.#random.below(2) === 0];
    return this.#answered(
      "pin",
      () => setPinned(id, pinned),
      () => this.#model.pin(id, pinned),
    );
  }

  #move(): Step {
    const [id, before] = [this.#id(), this.#random.below(4) === 0 ? null : this.#id()];
    return this.#answered(
      "move",
      () => moveEntry(id, { before }),
      () => this.#model.move(id, before),
    );
  }

  #use(): Step {
    const [id, now] = [this.#id(), this.#now];
    return {
      kind: "use",
      isPlain: true,
      ask: () => recordUse(id, now),
      expect: () => this.#model.use(id, now),
    };
  }

  #press(): Step {
    const id = this.#id("hotp");
    const pressId = `press ${this.#random.below(3)} of ${Math.floor(this.#number / 40)}`;
    const ask = () => advanceHotp(id, pressId);
    return {
      kind: "hotp",
      isPlain: true,
      ask,
      expect: (answer) => {
        const counter = this.#model.press(id, pressId);
        const given = answer as Awaited<ReturnType<typeof ask>>;
        expect(given.ok ? given.value.counter : null).toBe(counter);
        if (counter === null || !given.ok) return;
        const entry = this.#model.rows.get(id)?.entry;
        expect(entry && codeAt({ ...entry, counter }, 0)).toEqual({ ok: true, value: given.value.code });
      },
    };
  }

  #trash(): Step {
    const [ids, now] = [[this.#id(), this.#id()], this.#now];
    return this.#done(
      "trash",
      () => moveToTrash(ids, now),
      () => this.#model.trash(ids, now),
    );
  }

  #untrash(): Step {
    const ids = [this.#id("trash"), this.#id("trash")];
    return this.#done(
      "restore from trash",
      () => restoreFromTrash(ids),
      () => this.#model.untrash(ids),
    );
  }

  #delete(count: number): Step {
    const ids = Array.from({ length: count }, () => this.#id());
    return this.#done(
      "delete for ever",
      () => deleteForever(ids),
      () => this.#model.deleteForever(ids),
    );
  }

  #purge(): Step {
    const now = this.#now + this.#random.below(40) * 24 * HOUR;
    return {
      kind: "purge",
      isPlain: false,
      ask: () => purgeTrash(now),
      expect: (ids) => expect([...(ids as string[])].sort()).toEqual(this.#model.purge(now).sort()),
    };
  }

  #backup(): Step {
    return {
      kind: "backup",
      isPlain: false,
      ask: quickBackup,
      expect: (bytes) => {
        const backup = { bytes: bytes as Uint8Array, items: this.#model.items() };
        this.#backups = [backup, ...this.#backups].slice(0, 3);
      },
    };
  }

  #restore(): Step {
    if (this.#backups.length === 0) return this.#backup();
    const [{ bytes, items }, now] = [this.#random.pick(this.#backups), this.#now];
    return {
      kind: "restore backup",
      isPlain: false,
      ask: () => restoreAll(bytes, now),
      expect: (answer) => expect(answer).toEqual({ ...this.#model.restore(items, now), changedSince: [] }),
    };
  }

  #undo(): Step {
    return {
      kind: "undo restore",
      isPlain: false,
      ask: undoRestore,
      expect: (answer) =>
        expect(sortedIds(answer as UndoOutcome | null)).toEqual(sortedIds(this.#model.undo())),
    };
  }

  /** A step on one entry, which answers whether it was there. */
  #answered(kind: string, ask: () => Promise<{ ok: boolean }>, act: () => boolean): Step {
    const isRight = (answer: unknown) => expect((answer as { ok: boolean }).ok).toBe(act());
    return { kind, isPlain: true, ask, expect: isRight };
  }

  /** A step on several, which answers which of them were there. */
  #done(kind: string, ask: () => Promise<{ done: readonly string[] }>, act: () => string[]): Step {
    const isRight = (answer: unknown) => expect((answer as { done: string[] }).done).toEqual(act());
    return { kind, isPlain: true, ask, expect: isRight };
  }

  /** One that is there, mostly of a kind; sometimes one that is not there. */
  #id(kind: "any" | "hotp" | "trash" = "any"): string {
    const rows = [...this.#model.rows].filter(([, { entry }]) => {
      if (kind === "hotp") return entry.type === "hotp";
      return kind === "any" || entry.deletedAt !== null;
    });
    return rows.length === 0 || this.#random.below(30) === 0 ? "nowhere" : this.#random.pick(rows)[0];
  }
}

function sortedIds(outcome: UndoOutcome | null): UndoOutcome | null {
  return outcome && { ...outcome, changedSince: outcome.changedSince.toSorted() };
}
