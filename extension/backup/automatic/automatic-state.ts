import { askForFolder } from "../../platform/folder.ts";
import { contentsMark } from "../../vault/all-rows.ts";
import { db } from "../../vault/db.ts";
import { requireVaultKey } from "../../vault/vault-key.ts";
import { watchRows } from "../../vault/watch-rows.ts";
import { readChosenFolder } from "./chosen-folder.ts";
import { dueFrom, filesInPlace, isDue, newestOf } from "./is-due.ts";
import { placeOf } from "./places.ts";
import { type Plan, readPlan } from "./plan.ts";
import { readTrial, type Trial } from "./trial.ts";
import { type Failure, type FileRecord, readFileRecord, type WrittenFile } from "./written-files.ts";

/** What there is to know of backups that are made by themselves. */
export type AutomaticState = {
  /** As it is set up, without the passphrase; null: never set up. */
  readonly plan: (Omit<Plan, "lock" | "lockId"> & { readonly recipient: string | null }) | null;
  /** null: none is chosen. */
  readonly folderName: string | null;
  /** Why nothing can be written there just now. */
  readonly placeProblem: Failure | null;
  /** The newest that counts. */
  readonly newest: WrittenFile | null;
  readonly count: number;
  /** Of these, files that take the former passphrase or identity. */
  readonly underFormerLock: number;
  /** From when on the next is made if something changes; null: at the next opening. In milliseconds since 1970 UTC. */
  readonly dueFrom: number | null;
  readonly failure: FileRecord["failure"];
  readonly trial: Trial | null;
};

/** Throws VaultLockedError. */
export async function readAutomaticState(now: number = Date.now()): Promise<AutomaticState> {
  const key = await requireVaultKey();
  const [plan, folder, record, trial, { mark }] = await Promise.all([
    readPlan(key),
    readChosenFolder(key),
    readFileRecord(key),
    readTrial(key),
    contentsMark(),
  ]);
  if (plan === null)
    return {
      plan: null,
      folderName: folder?.handle.name ?? null,
      placeProblem: null,
      newest: null,
      count: 0,
      underFormerLock: 0,
      dueFrom: null,
      failure: null,
      trial,
    };
  const place = await placeOf(plan, key);
  const inPlace = filesInPlace(record, plan, folder?.id ?? null);
  const newest = newestOf(inPlace);
  const { lock, lockId, ...shown } = plan;
  const waits = newest !== null && !isDue(plan, inPlace, mark, now);
  return {
    plan: { ...shown, recipient: lock.kind === "recipient" ? lock.recipient : null },
    folderName: folder?.handle.name ?? null,
    placeProblem: place.ok ? null : place.error,
    newest,
    count: inPlace.length,
    underFormerLock: inPlace.filter((file) => file.lockId !== lockId).length,
    dueFrom: waits ? Math.max(now, dueFrom(plan, newest)) : null,
    failure: record.failure,
    trial,
  };
}

/** Calls back at once and whenever something of it changes. @returns stops watching */
export function watchAutomaticState(onState: (state: AutomaticState) => void): () => void {
  const rows = () =>
    Promise.all([
      db.vault.get("vault"),
      ...(["plan", "files", "folder", "trial"] as const).map((id) => db.backups.get(id)),
    ]);
  return watchRows(rows, readAutomaticState, onState);
}

/** Asks the person to allow the folder again; to be called within a press. @returns whether it may be written to now */
export async function allowFolderAgain(): Promise<boolean> {
  const folder = await readChosenFolder(await requireVaultKey());
  return folder !== null && (await askForFolder(folder.handle));
}
