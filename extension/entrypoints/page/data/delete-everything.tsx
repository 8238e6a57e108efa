import { useState } from "preact/hooks";
import { AskOwnPassphrase } from "../../../screens/ask-own-passphrase.tsx";
import { usePolicy } from "../../../screens/use-policy.ts";
import { t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import type { SectionProps } from "../section-props.ts";
import type { DataFacts } from "./data-facts.ts";
import { useErase } from "./use-erase.ts";

/**
 * Deletes all there is: says how much that is, offers a backup where one may be made, asks for the passphrase or a tick, and
 * is final.
 */
export function DeleteEverything(props: {
  protection: "passphrase" | "device";
  facts: DataFacts | null;
  say: SectionProps["say"];
}) {
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const { backupForbidden } = usePolicy();
  const count = props.facts ? props.facts.entries + props.facts.inTrash : 0;
  const { busy, erase } = useErase(count, props.say);
  const action = busy === "busy" ? t("delete-all.working") : tn("delete-all.action", count);
  return (
    <section class="page-section" aria-labelledby="delete-all">
      <h2 id="delete-all">{t("delete-all.title")}</h2>
      <p class="dim">{t("delete-all.why")}</p>
      {!open ? (
        <div>
          <button
            type="button"
            class="button danger"
            disabled={props.facts === null}
            onClick={() => setOpen(true)}
          >
            {t("delete-all.open")}
          </button>
        </div>
      ) : (
        <div
          class="notice boxed danger"
          role="group"
          aria-labelledby="delete-all-final"
          aria-busy={busy === "busy"}
        >
          <Glyph name="warn" />
          <div class="stack tight grow">
            <p id="delete-all-final">
              <strong>{tn("delete-all.final", count)}</strong>
            </p>
            {backupForbidden ? (
              <p>{t("policy.sites-ask")}</p>
            ) : (
              <p>
                {t("delete-all.backup-first")} <a href="#/backup">{t("backup.write-action")}</a>
              </p>
            )}
            {(props.facts?.passkeys ?? 0) > 0 && <p>{t("delete-all.passkeys")}</p>}
            {props.protection === "passphrase" ? (
              <AskOwnPassphrase
                label={t("delete-all.ask")}
                action={action}
                tone="danger"
                onRight={erase}
                onCancel={() => setOpen(false)}
              />
            ) : (
              <>
                <label class="check">
                  <input
                    type="checkbox"
                    checked={sure}
                    onChange={(event) => setSure(event.currentTarget.checked)}
                  />
                  <span>{t("delete-all.sure")}</span>
                </label>
                <div class="line wrap">
                  <button
                    type="button"
                    class="button danger"
                    disabled={!sure || busy === "busy"}
                    onClick={erase}
                  >
                    {action}
                  </button>
                  <button type="button" class="button plain" onClick={() => setOpen(false)}>
                    {t("action.cancel")}
                  </button>
                </div>
              </>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
