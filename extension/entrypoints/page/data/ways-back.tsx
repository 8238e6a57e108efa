import { useEffect, useState } from "preact/hooks";
import { formatNames } from "../../../ui/format-names.ts";
import { formatDateTime, t, tn } from "../../../ui/i18n.ts";
import { forgetWayBack, goBack, type WayBack, watchWaysBack } from "../../../vault/ways-back.ts";
import { EntryNames } from "../entry-names.tsx";
import type { SectionProps } from "../section-props.ts";

/** What can be gone back to, each with what that would do now. */
export function WaysBack({ vault, say }: SectionProps) {
  const [ways, setWays] = useState<readonly WayBack[] | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    if (vault.kind !== "unlocked") return setWays(null);
    return watchWaysBack(setWays);
  }, [vault.kind]);
  const act = async (work: () => Promise<string>) => {
    try {
      const sentence = await work();
      setOpen(null);
      say({ tone: "done", sentence });
    } catch {
      say({ tone: "warn", sentence: t("keep.failed") });
    }
  };
  return (
    <section class="page-section" aria-labelledby="ways-back">
      <h2 id="ways-back">{t("ways-back.title")}</h2>
      <p class="dim">{t("ways-back.why")}</p>
      {ways?.length === 0 && <p>{t("ways-back.none")}</p>}
      {ways !== null && ways.length > 0 && (
        <ul class="plain-list">
          {ways.map((way) => {
            const what = wayText(way);
            return (
              <li key={way.id} class="stack tight">
                <div class="line wrap">
                  <span class="grow">{what}</span>
                  <button
                    type="button"
                    class="button"
                    aria-label={t("ways-back.look-named", { what })}
                    aria-expanded={open === way.id}
                    onClick={() => setOpen(open === way.id ? null : way.id)}
                  >
                    {t("ways-back.look")}
                  </button>
                </div>
                {open === way.id && (
                  <Preview
                    way={way}
                    label={what}
                    onGo={() =>
                      act(async () => {
                        const outcome = await goBack(way.id);
                        return outcome === null
                          ? t("ways-back.too-late")
                          : tn("ways-back.done", outcome.reverted);
                      })
                    }
                    onForget={() => act(() => forgetWayBack(way.id).then(() => t("ways-back.forgotten")))}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function wayText({ kind, at, formats }: WayBack): string {
  const when = formatDateTime(at);
  return kind === "import"
    ? t("ways-back.import", { from: formatNames(formats), when })
    : t(`ways-back.${kind}`, { when });
}

/** Everything that going back would do, before it is done. */
function Preview(props: {
  way: WayBack;
  label: string;
  onGo: () => Promise<void>;
  onForget: () => Promise<void>;
}) {
  const [asks, setAsks] = useState(false);
  const { returns, changes, goes, stays } = props.way;
  const doesNothing = returns.length + changes.length + goes.length === 0;
  return (
    <div class="notice boxed" role="group" aria-label={props.label}>
      <div class="stack tight grow">
        <EntryNames title={tn("ways-back.returns", returns.length)} entries={returns} />
        <EntryNames title={tn("ways-back.changes", changes.length)} entries={changes} />
        <EntryNames title={tn("ways-back.goes", goes.length)} entries={goes} />
        <EntryNames title={tn("ways-back.stays", stays.length)} entries={stays} />
        {doesNothing && <p>{t("ways-back.nothing")}</p>}
        {asks && <p>{t("ways-back.forget-question")}</p>}
        <div class="line wrap">
          {!asks && !doesNothing && (
            <button key="go" type="button" class="button primary" onClick={() => void props.onGo()}>
              {t("ways-back.go")}
            </button>
          )}
          {!asks && (
            <button key="forget" type="button" class="button danger" onClick={() => setAsks(true)}>
              {t("ways-back.forget")}
            </button>
          )}
          {asks && (
            // The second half of a double click finds other buttons here, the harmless one first.
            <>
              <button key="cancel" type="button" class="button plain" onClick={() => setAsks(false)}>
                {t("action.cancel")}
              </button>
              <button key="sure" type="button" class="button danger" onClick={() => void props.onForget()}>
                {t("ways-back.forget-sure")}
              </button>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
