import { useEffect, useState } from "preact/hooks";
import { usePolicy } from "../../../screens/use-policy.ts";
import { type MessageKey, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { countEntries } from "../../../vault/erase.ts";
import type { SectionProps } from "../section-props.ts";
import { useErase } from "./use-erase.ts";

/**
 * The way out for whoever can't unlock the vault any more, or whose browser lost its key: deletes all there is, and leads to
 * a beginning. A vault that is open has its own place for that, which asks for its passphrase.
 */
export function AnewPage({ vault, say }: SectionProps) {
  const isElsewhere = vault.kind === "unlocked" || vault.kind === "passphrase-due";
  useEffect(() => {
    if (isElsewhere) location.replace("#/data");
  }, [isElsewhere]);
  if (vault.kind === "locked")
    return <DeleteUnread why="anew.why" still="anew.nothing-yet" hasPasskey={vault.hasPasskey} say={say} />;
  // What the browser can't read just now, or an older version leaves alone, is not lost.
  if (vault.kind === "unopenable" && vault.why === "device-key-lost")
    return <DeleteUnread why="anew.why-lost" still={null} hasPasskey={false} say={say} />;
  if (vault.kind !== "none") return null;
  return (
    <section class="page-section">
      <p>{t("anew.done")}</p>
      <div class="line wrap">
        <a class="button primary" href="#/welcome">
          {t("page.welcome")}
        </a>
        <a class="button" href="#/backup">
          {t("add.restore")}
        </a>
      </div>
    </section>
  );
}

/** Without the passphrase nothing can prove whose vault it is: a word that is typed shows that it is meant. */
function DeleteUnread(props: {
  why: MessageKey;
  /** What speaks for waiting. */
  still: MessageKey | null;
  hasPasskey: boolean;
  say: SectionProps["say"];
}) {
  const [count, setCount] = useState<number | null>(null);
  const [typed, setTyped] = useState("");
  useEffect(() => {
    void countEntries().then(setCount);
  }, []);
  const { backupForbidden } = usePolicy();
  const { busy, erase } = useErase(count ?? 0, props.say);
  if (count === null) return null;
  const isMeant = typed.trim().toLowerCase() === t("anew.word");
  return (
    <section class="page-section">
      <p>{t(props.why)}</p>
      {props.still && <p class="dim">{t(props.still)}</p>}
      <form
        class="notice boxed danger"
        aria-busy={busy === "busy"}
        onSubmit={(event) => {
          event.preventDefault();
          if (isMeant) erase();
        }}
      >
        <Glyph name="warn" />
        <div class="stack tight grow">
          <p>
            <strong>{tn("delete-all.final", count)}</strong>
          </p>
          <p>{t(backupForbidden ? "policy.sites-ask" : "anew.sites")}</p>
          {props.hasPasskey && <p>{t("delete-all.passkeys")}</p>}
          <TextField
            label={t("anew.type", { word: t("anew.word") })}
            kind="text"
            value={typed}
            problem={null}
            onChange={setTyped}
          />
          <div class="line wrap">
            <button type="submit" class="button danger" disabled={!isMeant || busy === "busy"}>
              {busy === "busy" ? t("delete-all.working") : tn("delete-all.action", count)}
            </button>
            <a class="button plain" href="#/codes">
              {t("action.cancel")}
            </a>
          </div>
        </div>
      </form>
    </section>
  );
}
