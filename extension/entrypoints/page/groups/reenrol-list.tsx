import { useState } from "preact/hooks";
import { closeReenrolment, type Reenrolment, tickReenrolment } from "../../../groups/reenrolments.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { formatDate, formatList, t, tn } from "../../../ui/i18n.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";
import type { SectionProps } from "../section-props.ts";
import { byRisk, goneName, knownSince } from "./reenrol-order.ts";

/** One list: whoever is gone, and each account with a tick. It stays until it is put away. */
export function ReenrolList(props: {
  list: Reenrolment;
  /** null: the group is not on this device any more. */
  groupName: string | null;
  others: readonly string[];
  rows: ReadonlyMap<string, IndexRow>;
  say: SectionProps["say"];
}) {
  const { list, rows, others, say } = props;
  const [isSure, setSure] = useState(false);
  const name = goneName(list);
  const left = list.entries.filter(({ isDone }) => !isDone).length;
  const careful = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    }
  };
  const putAway = () => {
    if (left > 0 && !isSure) return setSure(true);
    void careful(() => closeReenrolment(list.id));
  };
  return (
    <section class="page-section" aria-labelledby={`list-${list.id}`}>
      <div>
        <h2 id={`list-${list.id}`}>{titleOf(list, name, props.groupName)}</h2>
        <p class="dim">
          {left === 0 ? t("reenrol.all-done") : tn("reenrol.left", left)}{" "}
          {t(list.device === undefined ? "reenrol.removed" : "reenrol.noted", {
            date: formatDate(list.removedAt),
          })}
        </p>
        {list.device !== undefined && <p class="dim">{t("reenrol.device-only")}</p>}
        {others.length > 0 && <p class="dim">{t("reenrol.others", { names: formatList(others) })}</p>}
      </div>
      <ul class="plain-list">
        {list.entries.toSorted(byRisk(list)).map((entry) => {
          const row = rows.get(entry.id);
          const entryName = row ? shortName(row) : t("reenrol.gone");
          const since = t("reenrol.since", { date: formatDate(knownSince(list, entry)) });
          return (
            <li key={entry.id} class="line wrap">
              <label class="check grow">
                <input
                  type="checkbox"
                  checked={entry.isDone}
                  onChange={(event) => {
                    const { checked } = event.currentTarget;
                    void careful(() => tickReenrolment(list.id, entry.id, checked));
                  }}
                />
                <span>
                  <span class={entry.isDone ? "reenrol-done" : ""}>{entryName}</span>
                  <br />
                  <span class="small dim">
                    {[
                      row?.issuer ? row.account : "",
                      since,
                      row?.deletedAt != null ? t("reenrol.in-trash") : "",
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
              </label>
              {row && row.deletedAt === null && (
                <a
                  class="button plain"
                  href={`#/codes?edit=${entry.id}`}
                  aria-label={t("reenrol.open-named", { name: entryName })}
                >
                  {t("reenrol.open")}
                </a>
              )}
            </li>
          );
        })}
      </ul>
      {isSure && <p class="problem">{tn("reenrol.sure", left, { name })}</p>}
      <div class="line wrap">
        <button type="button" class={isSure ? "button danger" : "button"} onClick={putAway}>
          {t("reenrol.put-away")}
        </button>
        {isSure && (
          <button type="button" class="button plain" onClick={() => setSure(false)}>
            {t("action.cancel")}
          </button>
        )}
      </div>
    </section>
  );
}

function titleOf({ device }: Reenrolment, name: string, group: string | null): string {
  if (device !== undefined)
    return device.label === "" ? t("reenrol.title-some-device") : t("reenrol.title-device", { name });
  return group === null ? t("reenrol.title", { name }) : t("reenrol.title-group", { name, group });
}
