import { useEffect, useState } from "preact/hooks";
import { usePolicy } from "../../../screens/use-policy.ts";
import { formatBytes, formatDateTime, type MessageKey, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { watchIndex } from "../../../vault/entries.ts";
import { Fact } from "../fact.tsx";
import { LazySection } from "../lazy-section.tsx";
import type { SectionProps } from "../section-props.ts";
import { type DataFacts, readDataFacts } from "./data-facts.ts";
import { DeleteEverything } from "./delete-everything.tsx";

/** What is kept, where, and what protects it: docs/storage.md in plain words. */
const KEPT: readonly { what: MessageKey; where: MessageKey }[] = [
  { what: "data.kept.entries", where: "data.kept.entries-where" },
  { what: "data.kept.index", where: "data.kept.index-where" },
  { what: "data.kept.passkeys", where: "data.kept.passkeys-where" },
  { what: "data.kept.undo", where: "data.kept.undo-where" },
  { what: "data.kept.backups", where: "data.kept.backups-where" },
  { what: "data.kept.session", where: "data.kept.session-where" },
  { what: "data.kept.settings", where: "data.kept.settings-where" },
  { what: "data.kept.auto", where: "data.kept.auto-where" },
  { what: "data.kept.look", where: "data.kept.look-where" },
  { what: "data.kept.visible", where: "data.kept.visible-where" },
];

/** What is on this device, what protects it, what would lose it, and how to get rid of it. */
export function DataPage({ vault, say }: SectionProps) {
  const [facts, setFacts] = useState<DataFacts | null>(null);
  const { backupForbidden } = usePolicy();
  useEffect(() => {
    if (vault.kind !== "unlocked") return setFacts(null);
    // What can't be counted just now is left out: the rest of the page is true all the same.
    const look = () => void readDataFacts().then(setFacts, () => setFacts(null));
    return watchIndex(look, () => setFacts(null));
  }, [vault.kind]);
  const protection = vault.kind === "unlocked" ? vault.protection : null;
  return (
    <>
      <section class="page-section" aria-labelledby="data-here">
        <h2 id="data-here">{t("data.here")}</h2>
        <p class="dim">{t("data.only-here")}</p>
        {facts && (
          <dl class="facts">
            <Fact name={t("data.accounts")}>
              {tn("many.shown", facts.entries)}
              {facts.inTrash > 0 && ` · ${tn("data.in-trash", facts.inTrash)}`}
            </Fact>
            <Fact name={t("data.protection")}>
              {t(protection === "passphrase" ? "data.by-passphrase" : "data.by-device")}
              {protection === "device" && (
                <>
                  {" · "}
                  <a href="#/settings">{t("notice.set-passphrase")}</a>
                </>
              )}
            </Fact>
            <Fact name={t("data.last-backup")}>
              {facts.lastBackupAt === null ? t("data.no-backup") : formatDateTime(facts.lastBackupAt)}
              {!backupForbidden && (
                <>
                  {" · "}
                  <a href="#/backup">{t("notice.backup-now")}</a>
                </>
              )}
            </Fact>
            {facts.bytes && (
              <Fact name={t("data.space")}>
                {t("data.space-of", {
                  used: formatBytes(facts.bytes.used),
                  available: formatBytes(facts.bytes.available),
                })}
              </Fact>
            )}
          </dl>
        )}
        <div class="notice boxed warn">
          <Glyph name="warn" />
          <span>{t(backupForbidden ? "policy.removal" : "data.removal")}</span>
        </div>
      </section>
      {vault.kind === "unlocked" && <LazySection part="waysBack" vault={vault} say={say} />}
      <section class="page-section" aria-labelledby="data-kept">
        <h2 id="data-kept">{t("data.kept")}</h2>
        <dl class="facts">
          <Fact name={t("data.kept.key")}>
            {t(protection === "device" ? "data.kept.key-device" : "data.kept.key-passphrase")}
          </Fact>
          {KEPT.map(({ what, where }) => (
            <Fact key={what} name={t(what)}>
              {t(where)}
            </Fact>
          ))}
        </dl>
      </section>
      {vault.kind === "unlocked" && (
        <DeleteEverything protection={vault.protection} facts={facts} say={say} />
      )}
    </>
  );
}
