import type { Bytes } from "../../shared/bytes.ts";
import { bytesToBase64url } from "../../shared/bytes.ts";
import type { Action } from "../../shared/group/action.ts";
import { foldLink } from "../../shared/group/fold.ts";
import { type Link, readLink, signLink } from "../../shared/group/link.ts";
import type { LinkRefusal } from "../../shared/group/rules.ts";
import type { GroupCore } from "../../shared/group/state.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "../servers/api.ts";
import type { AskFailure } from "../servers/api-failure.ts";
import type { Connection } from "../servers/connection.ts";
import { db, type GroupRow, type SharedRecordRow } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { LOG_TABLES, layChanges, readKnown, startUnstored, storeLinks } from "./known.ts";
import { expectPin } from "./pull.ts";
import { stageRecords, stageRotation } from "./records.ts";
import { type GroupSecrets, sealGroupSecrets } from "./secrets.ts";
import { allowNewKey, stepOfNewKey } from "./sync-progress.ts";
import { type GroupTrouble, troubleOf } from "./trouble.ts";

/** A group's key, sealed to one member. */
export type OwnSeal = { readonly user: string; readonly sealed: Bytes };

/** A link that this person wants in the log, and what goes with it. */
export type OwnLink = {
  readonly action: Action;
  readonly seals?: readonly OwnSeal[];
  /** The list of a rotation. */
  readonly rotation?: Bytes;
  /** Writes down here what has to be known before the link counts. Right before it is sent: nothing else ends it then. */
  readonly noteFirst?: () => Promise<void>;
  /** Ciphertexts that the link names, as they are kept here once it is taken. */
  readonly records?: readonly SharedRecordRow[];
  /** Records that it deletes for ever. */
  readonly gone?: readonly string[];
  /** What the group's members know from then on, where that changes. */
  readonly secrets?: GroupSecrets;
};

/** What every link of somebody says after the last one. */
export function nextLink(core: GroupCore, by: string, at: number) {
  return { v: 1, g: core.g, n: core.n + 1, p: core.head, by, at } as const;
}

/**
 * Signs a link, sends what it needs and then itself, and takes it in here. It is verified here first, as everybody else
 * will: what the log would refuse is never sent. "conflict": pull and build it again. To be called with the sync lock held.
 */
export async function appendOwn(
  { api, signing }: Connection,
  row: GroupRow,
  own: OwnLink,
): Promise<Result<GroupCore, GroupTrouble | LinkRefusal | "conflict">> {
  const { g } = row;
  const [unstored, vault] = await Promise.all([startUnstored(g), requireVaultKey()]);
  const link: Link = await signLink(signing, own.action);
  const read = await readLink(link);
  if (!read.ok) throw Error("a link that was just signed can't be read");
  const known = await readKnown(unstored, own.action);
  const folded = await foldLink(known, read.value, { rotation: own.rotation ?? null });
  if (!folded.ok) return folded;
  layChanges(unstored, link, folded.value, own.rotation ?? null);
  const sealed = own.secrets ? await sealGroupSecrets(vault, g, own.secrets) : row.sealed;

  const sent = await send(api, row, own, link);
  if (!sent.ok) return sent;
  // It answered that the link stands, but as another one.
  if (sent.value.head !== folded.value.core.head) return err("fork");
  const tables = [...LOG_TABLES, db.sharedRecords, db.groups];
  await db.transaction("rw", tables, async () => {
    await expectPin(row);
    await storeLinks(unstored);
    await db.sharedRecords.bulkPut([...(own.records ?? [])]);
    await db.sharedRecords.bulkDelete((own.gone ?? []).map((id) => [g, id]));
    await db.groups.put({ ...row, core: folded.value.core, sealed });
  });
  // It was there before it could be stopped.
  if (own.rotation) allowNewKey(g);
  return ok(folded.value.core);
}

async function send(
  api: Connection["api"],
  { g }: GroupRow,
  { action, seals = [], rotation, records = [], noteFirst }: OwnLink,
  link: Link,
): Promise<Result<{ n: number; head: string }, GroupTrouble | "conflict">> {
  const isOfNewKey = action.t === "rotate" || action.t === "remove";
  const sending = (done: number) =>
    isOfNewKey ? stepOfNewKey(g, { what: "sending", done, total: records.length }) : ok(undefined);
  const staged = await stageRecords(api, g, records, sending);
  if (!staged.ok) return staged;
  if (rotation && isOfNewKey) {
    const kept = await stageRotation(api, g, action.epoch, rotation);
    if (!kept.ok) return kept;
  }
  const goesOn = sending(records.length);
  if (!goesOn.ok) return goesOn;
  await noteFirst?.();
  const appended = await ask(
    api.group.append.mutate({
      link,
      seals: seals.map(({ user, sealed }) => ({ user, sealed: bytesToBase64url(sealed) })),
    }),
  );
  if (appended.ok) return appended;
  const { error } = appended;
  return err(isToBeDoneAgain(error) ? "conflict" : troubleOf(error));
}

/** Somebody else was quicker, or what was sent ahead has waited so long that the server has dropped it. */
function isToBeDoneAgain(error: AskFailure): boolean {
  return typeof error === "object" && (error.refused === "conflict" || error.refused === "not-staged");
}
