import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Unopenable } from "../../../screens/unopenable.tsx";
import { useRows } from "../../../screens/use-list.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { formatDate, t, tn } from "../../../ui/i18n.ts";
import { IssuerMark } from "../../../ui/issuer-marks/issuer-mark.tsx";
import { findDuplicates } from "../../../vault/find-duplicates.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import type { SectionProps } from "../section-props.ts";
import { SameSecret } from "./same-secret.tsx";

const NO_ROWS: readonly IndexRow[] = [];

/** Entries that are here more than once: the same secret, which can be merged, and the same name, which is explained. */
export function DuplicatesPage({ vault, say }: SectionProps) {
  const found = useRows(NO_ROWS, vault.kind);
  const { sameSecret, sameName } = useMemo(
    () => findDuplicates(found === null || found === "unreadable" ? NO_ROWS : found),
    [found],
  );
  if (found === "unreadable")
    return <Unopenable why="database" onBackup={() => location.assign("#/backup")} />;
  if (found === null) return null;
  return (
    <>
      <p>
        <a href="#/codes">{t("duplicates.back")}</a>
      </p>
      {sameSecret.length + sameName.length === 0 && <p class="dim">{t("duplicates.none")}</p>}
      {sameSecret.length > 0 && (
        <section class="page-section" aria-labelledby="same-secret">
          <h2 id="same-secret">{t("duplicates.same-secret")}</h2>
          <p class="dim">{t("duplicates.same-secret-why")}</p>
          {sameSecret.map((group) => (
            <SameSecret key={group[0]?.fingerprint} group={group} say={say} />
          ))}
        </section>
      )}
      {sameName.length > 0 && (
        <section class="page-section" aria-labelledby="same-name">
          <h2 id="same-name">{t("duplicates.same-name")}</h2>
          <p class="dim">{t("duplicates.same-name-why")}</p>
          {sameName.map((group) => (
            <article key={group[0]?.id} class="duplicate">
              {group.map((row) => (
                <Named key={row.id} row={row}>
                  {t("duplicates.since", { date: formatDate(row.secretSetAt) })} ·{" "}
                  {tn("duplicates.uses", row.uses)}
                </Named>
              ))}
            </article>
          ))}
        </section>
      )}
    </>
  );
}

function Named(props: { row: IndexRow; children: ComponentChildren }) {
  const { row } = props;
  return (
    <div class="line">
      <IssuerMark issuer={row.issuer} account={row.account} sites={row.sites} icon={null} size={34} />
      <span class="row-names">
        <span class="row-issuer cut">{shortName(row)}</span>
        <span class="small dim">
          {row.issuer && row.account && `${row.account} · `}
          {props.children}
        </span>
      </span>
    </div>
  );
}
