import { useEffect, useState } from "preact/hooks";
import { Unopenable } from "../../screens/unopenable.tsx";
import { useOldTrashEmptied } from "../../screens/use-old-trash-emptied.ts";
import { shortName } from "../../ui/entry-name.ts";
import { formatDate, t, tn } from "../../ui/i18n.ts";
import { watchIndex } from "../../vault/entries.ts";
import type { IndexRow } from "../../vault/index-row.ts";
import { deleteForever, restoreFromTrash, TRASH_DAYS } from "../../vault/trash.ts";
import type { SectionProps } from "./page.tsx";

const DAY_MS = 86_400_000;

/** What was deleted in the last 30 days, to be put back or deleted for ever. */
export function TrashPage({ vault, say }: SectionProps) {
  useOldTrashEmptied(vault);
  const [rows, setRows] = useState<readonly IndexRow[] | "unreadable">([]);
  const [confirming, setConfirming] = useState<string | null>(null);
  useEffect(() => {
    if (vault.kind === "unlocked")
      return watchIndex(
        (all) => setRows(all.filter((row) => row.deletedAt !== null)),
        () => setRows("unreadable"),
      );
  }, [vault.kind]);

  if (rows === "unreadable")
    return <Unopenable why="database" onBackup={() => location.assign("#/backup")} />;
  if (rows.length === 0) return <p class="dim">{t("trash.empty")}</p>;
  return (
    <section class="page-section">
      <p class="dim">{tn("trash.why", TRASH_DAYS)}</p>
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
                  <span class="row-issuer">{name}</span>
                  <br />
                  <span class="small dim">{row.issuer ? row.account : ""}</span>
                </td>
                <td>{formatDate((row.deletedAt ?? 0) + TRASH_DAYS * DAY_MS)}</td>
                <td>
                  <div class="line wrap">
                    <button
                      type="button"
                      class="button"
                      aria-label={t("trash.restore-named", { name })}
                      onClick={async () => {
                        await restoreFromTrash([row.id]);
                        say({ tone: "done", sentence: t("trash.restored") });
                      }}
                    >
                      {t("trash.restore")}
                    </button>
                    <button
                      type="button"
                      class="button danger"
                      onClick={async () => {
                        if (confirming !== row.id) return setConfirming(row.id);
                        await deleteForever([row.id]);
                        say({ tone: "done", sentence: t("trash.deleted", { name }) });
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
