import { type MessageKey, t, tn } from "../../../ui/i18n.ts";
import type { ToastContent } from "../../../ui/toast.tsx";
import { changeMany, type ManyEdit, type ManyOutcome, undoMany } from "../../../vault/change-many.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";

/** The counting sentence for a change: how many accounts got, lost or went what. */
type DoneKey =
  | "many.tagged"
  | "many.untagged"
  | "many.sited"
  | "many.unsited"
  | "many.trashed"
  | "many.restored";

/** What is said afterwards. */
export interface Done {
  readonly key: DoneKey;
  /** The tags or sites it was about; empty where the sentence names none. */
  readonly what: string;
}

/**
 * Changes many entries at once and says in words what happened, with a way back; what could not be changed is counted.
 *
 * @returns how many were changed; null where nothing could be written
 */
export async function changeAndSay(
  ids: readonly string[],
  edit: ManyEdit,
  done: Done,
  say: (content: ToastContent) => void,
): Promise<number | null> {
  const outcome = await attempt(() => changeMany(ids, edit), say);
  if (outcome === null) return null;
  const { changed, refused } = outcome;
  const left = refused.length > 0 ? ` ${tn("many.refused", refused.length)}` : "";
  if (changed.length === 0) {
    const nothing: MessageKey = refused.length > 0 ? "many.none-possible" : "many.none-needed";
    say({ tone: refused.length > 0 ? "warn" : "done", sentence: t(nothing) });
    return 0;
  }
  say({
    tone: refused.length > 0 ? "warn" : "done",
    sentence: tn(done.key, changed.length, { what: done.what }) + left,
    action: {
      label: t("action.undo"),
      onChoose: () =>
        void attempt(() => undoMany(changed), say).then((undone) => {
          if (undone) say({ tone: "done", sentence: tn("many.undone", undone.changed.length) });
        }),
    },
  });
  return changed.length;
}

async function attempt(
  write: () => Promise<ManyOutcome>,
  say: (content: ToastContent) => void,
): Promise<ManyOutcome | null> {
  try {
    return await write();
  } catch (error) {
    // A vault that was locked meanwhile shows by itself.
    if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    return null;
  }
}
