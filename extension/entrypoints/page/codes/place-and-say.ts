import { type GroupView, readGroups } from "../../../groups/group-view.ts";
import { placeEntries } from "../../../groups/place-entries.ts";
import { syncServer } from "../../../groups/sync.ts";
import { t, tn } from "../../../ui/i18n.ts";
import type { ToastContent } from "../../../ui/toast.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import { moveToTrash, restoreFromTrash } from "../../../vault/trash.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";

/**
 * Puts entries elsewhere and says in words what happened. What came out of a group, or is a copy for this person alone,
 * or on all their devices, can be taken back; what went into a group can't, because others may have it by then.
 *
 * @param to null: only this person
 * @returns whether it was written
 */
export async function placeAndSay(
  rows: readonly IndexRow[],
  { to, how }: { readonly to: GroupView | null; readonly how: "move" | "copy" },
  say: (content: ToastContent) => void,
): Promise<boolean> {
  const ids = rows.map(({ id }) => id);
  const placed = await attempt(() => placeEntries(ids, to?.g ?? null, how, Date.now()), say);
  if (placed === null) return false;
  if (!placed.ok) {
    say({ tone: "warn", sentence: t("place.no-such-group") });
    return false;
  }
  const count = placed.value.ids.length;
  const left = placed.value.refused > 0 ? ` ${tn("many.refused", placed.value.refused)}` : "";
  const tone = placed.value.refused > 0 ? "warn" : "done";
  void tellServers(new Set([to?.g, ...rows.map(({ group }) => group)]));
  if (to !== null && !to.isPersonal) {
    const key = how === "move" ? "place.moved-in" : "place.copied-in";
    say({ tone, sentence: tn(key, count, { group: to.name }) + left });
    return true;
  }
  const undo = async () => {
    const undone = await attempt(async () => {
      const came = placed.value.ids;
      const stayed = came.filter((id) => ids.includes(id));
      // First what was there is there again: cut short between the two, it stands twice.
      if (how === "move") {
        await restoreFromTrash(rows.flatMap(({ id, group }) => (group === undefined ? [] : [id])));
        const own = rows.filter(({ id, group }) => group === undefined && stayed.includes(id));
        if (to !== null)
          await placeEntries(
            own.map(({ id }) => id),
            null,
            "move",
            Date.now(),
          );
      }
      // What had been there before stays there.
      return moveToTrash(
        came.filter((id) => !stayed.includes(id)),
        Date.now(),
      );
    }, say);
    void tellServers(new Set([to?.g, ...rows.map(({ group }) => group)]));
    if (undone !== null) say({ tone: "done", sentence: t("place.undone") });
  };
  const mine = how === "move" ? "place.moved-mine" : "place.copied-mine";
  const key = to !== null ? mine : how === "move" ? "place.moved-out" : "place.copied-out";
  const action = { label: t("action.undo"), onChoose: () => void undo() };
  say({ tone, sentence: tn(key, count) + left, action });
  return true;
}

/** Sends it at once where it can be: what does not get there goes with the next time. */
async function tellServers(groups: ReadonlySet<string | undefined>): Promise<void> {
  const concerned = (await readGroups().catch(() => [])).filter(({ g }) => groups.has(g));
  for (const serverId of new Set(concerned.map((group) => group.serverId)))
    await syncServer(serverId).catch(() => {});
}

async function attempt<T>(work: () => Promise<T>, say: (content: ToastContent) => void): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // A vault that was locked meanwhile shows by itself.
    if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    return null;
  }
}
