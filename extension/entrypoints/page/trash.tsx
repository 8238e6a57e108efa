import { useEffect, useState } from "preact/hooks";
import { Unopenable } from "../../screens/unopenable.tsx";
import { useOldTrashEmptied } from "../../screens/use-old-trash-emptied.ts";
import { shortName } from "../../ui/entry-name.ts";
import { formatDate, t, tn } from "../../ui/i18n.ts";
import { keepOnly, NOTHING_CHOSEN, type Selection, stretch, toggle, toggleAll } from "../../ui/selection.ts";
import { watchIndex } from "../../vault/entries.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { deleteFromTrash, TRASH_DAYS } from "../../vault/trash.ts";
import { VaultLockedError } from "../../vault/vault-locked.ts";
import { changeAndSay } from "./codes/change-and-say.ts";
import type { SectionProps } from "./section-props.ts";

const DAY_MS = 86_400_000;

/** What was deleted in the last 30 days, to be put back or deleted for ever. */
export function TrashPage({ vault, say }: SectionProps) {
  useOldTrashEmptied(vault);
  const [rows, setRows] = useState<readonly IndexRow[] | "unreadable">([]);
  const [confirming, setConfirming] = useState<string | null>(null);
  const [selection, setSelection] = useState<Selection>(NOTHING_CHOSEN);
  useEffect(() => {
    if (vault.kind !== "unlocked") return setRows([]);
    return watchIndex(
      (all) => setRows(all.filter((row) => row.deletedAt !== null).toSorted(byDeletion)),
      () => setRows("unreadable"),
    );
  }, [vault.kind]);
  const ids = rows === "unreadable" ? [] : rows.map(({ id }) => id);
  useEffect(() => setSelection((now) => keepOnly(now, ids)), [rows]);

  if (rows === "unreadable")
    return <Unopenable why="database" onBackup={() => location.assign("#/backup")} />;
  if (rows.length === 0) return <p class="dim">{t("trash.empty")}</p>;

  const chosen = ids.filter((id) => selection.chosen.has(id));
  const restore = async (which: readonly string[]) => {
    const edit = { field: "deletedAt", to: null } as const;
    await changeAndSay(which, edit, { key: "many.restored", what: "" }, say);
  };
  const forGood = async (
    which: readonly string[],
    wayBack: "kept" | "none",
    sentence: (gone: number) => string,
  ) => {
    try {
      const gone = await deleteFromTrash(which, wayBack === "kept" ? Date.now() : null);
      say({ tone: "done", sentence: sentence(gone.length) });
    } catch (error) {
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    }
  };
  return (
    <section class="page-section">
      <p class="dim">{tn("trash.why", TRASH_DAYS)}</p>
      <div class="line wrap">
        <label class="check trash-all">
          <input
            type="checkbox"
            checked={chosen.length === ids.length}
            ref={(box) => {
              if (box) box.indeterminate = chosen.length > 0 && chosen.length < ids.length;
            }}
            onChange={() => setSelection(toggleAll(selection, ids))}
          />
          <span>{chosen.length > 0 ? tn("many.chosen", chosen.length) : t("many.choose-all")}</span>
        </label>
        <button
          type="button"
          class="button"
          disabled={chosen.length === 0}
          onClick={() => void restore(chosen)}
        >
          {t("trash.restore-chosen")}
        </button>
        <EmptyTrash
          count={ids.length}
          shared={rows.filter(({ group }) => group !== undefined).length}
          onEmpty={(wayBack) =>
            forGood(ids, wayBack, (gone) => tn(wayBack === "kept" ? "trash.left" : "trash.emptied", gone))
          }
        />
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t("trash.entry")}</th>
            <th scope="col">{t("trash.until")}</th>
            <th scope="col">
              <span class="visually-hidden">{t("trash.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const name = shortName(row);
            return (
              <tr key={row.id}>
                <td>
                  <label class="check">
                    <input
                      type="checkbox"
                      checked={selection.chosen.has(row.id)}
                      onClick={(event) =>
                        setSelection(
                          event.shiftKey
                            ? stretch(selection, ids, row.id, row.id)
                            : toggle(selection, row.id),
                        )
                      }
                    />
                    <span>
                      <span class="row-issuer">{name}</span>
                      <br />
                      <span class="small dim">{row.issuer ? row.account : ""}</span>
                    </span>
                  </label>
                </td>
                <td>{formatDate((row.deletedAt ?? 0) + TRASH_DAYS * DAY_MS)}</td>
                <td>
                  <div class="line wrap">
                    <button
                      type="button"
                      class="button"
                      aria-label={t("trash.restore-named", { name })}
                      onClick={() => void restore([row.id])}
                    >
                      {t("trash.restore")}
                    </button>
                    <button
                      type="button"
                      class="button danger"
                      onClick={async () => {
                        if (confirming !== row.id) return setConfirming(row.id);
                        await forGood([row.id], "none", () => t("trash.deleted", { name }));
                      }}
                    >
                      {confirming === row.id ? t("trash.delete-sure", { name }) : t("trash.delete")}
                    </button>
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Asks once more before everything in the trash goes, says how many that are, and what of them stays for a while. */
function EmptyTrash(props: {
  count: number;
  /** How many of them a group shares: there is no way back for these. */
  shared: number;
  onEmpty: (wayBack: "kept" | "none") => Promise<void>;
}) {
  const [asking, setAsking] = useState(false);
  const [wayBack, setWayBack] = useState<"kept" | "none">("kept");
  if (!asking)
    return (
      <button type="button" class="button danger" onClick={() => setAsking(true)}>
        {t("trash.empty-all")}
      </button>
    );
  return (
    <div class="notice boxed danger trash-sure" role="group" aria-labelledby="trash-question">
      <div class="stack tight grow">
        <p id="trash-question">
          {tn(wayBack === "kept" ? "trash.leave-question" : "trash.empty-question", props.count)}
        </p>
        {props.shared > 0 && <p>{tn("trash.shared-go", props.shared)}</p>}
        <label class="check">
          <input
            type="checkbox"
            checked={wayBack === "none"}
            onChange={(event) => setWayBack(event.currentTarget.checked ? "none" : "kept")}
          />
          <span>{t("trash.no-way-back")}</span>
        </label>
      </div>
      <button type="button" class="button plain" onClick={() => setAsking(false)}>
        {t("action.cancel")}
      </button>
      <button type="button" class="button danger" onClick={() => void props.onEmpty(wayBack)}>
        {wayBack === "kept" ? t("trash.empty-all") : tn("trash.empty-sure", props.count)}
      </button>
    </div>
  );
}

/** What went last comes first: that is what somebody wants back. */
function byDeletion(a: IndexRow, b: IndexRow): number {
  return (b.deletedAt ?? 0) - (a.deletedAt ?? 0);
}
