import { useEffect, useState } from "preact/hooks";
import { bindSite } from "../../autofill/bind.ts";
import { fillEntry } from "../../autofill/handle.ts";
import { copyCode } from "../../screens/copy-code.ts";
import { domainPattern } from "../../screens/domain-pattern.ts";
import { HostName } from "../../screens/host-name.tsx";
import { whyNotChangedNow } from "../../screens/why-not-changed.ts";
import { copyRefusalText, readRefusalText } from "../../ui/error-text.ts";
import { fillOutcomeText } from "../../ui/fill-text.ts";
import { formatList, t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import type { ToastContent } from "../../ui/toast.tsx";
import { useFocus } from "../../ui/use-focus.ts";
import { afterFilling } from "./after-filling.ts";
import { Screen } from "./screen.tsx";
import type { UnboundFill } from "./unbound-fill.ts";

/**
 * Asks once before an entry is filled into a site it is not bound to; the host stands there in full. Whoever may only use
 * codes of the group that shares it can't bind it, and is told who can.
 */
export function Bind(props: { fill: UnboundFill; say: (content: ToastContent) => void; onDone: () => void }) {
  const { fill, say, onDone } = props;
  const { onlyCodesOf } = fill;
  const [busy, setBusy] = useState(false);
  const action = useFocus<HTMLButtonElement>();
  const [pattern, setPattern] = useState<string | null>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    void domainPattern(fill.outcome.host).then(setPattern);
  }, [fill.outcome.host]);

  const once = (work: () => Promise<void>) => async () => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch {
      say({ tone: "warn", sentence: t("keep.failed") });
    } finally {
      setBusy(false);
    }
  };
  const copy = async (why: string | null) => {
    const because = [why, fill.counted].filter(Boolean).join(" ");
    const copied = await copyCode(fill.entryId, "current", fill.pressId, Date.now());
    // The list first: leaving a screen takes away what was said on it.
    onDone();
    const done = copied.ok ? t("copy.done", { name: fill.name }) : copyRefusalText(copied.error);
    if (because || !copied.ok) return say({ tone: "warn", sentence: because ? `${because} ${done}` : done });
    say({ tone: "done", sentence: done });
  };
  const bindAndFill = once(async () => {
    const why = await whyNotChangedNow(fill.entryId);
    if (why !== null) return say({ tone: "warn", sentence: why });
    const bound = await bindSite(fill.entryId, wide && pattern ? pattern : fill.outcome.host);
    if (!bound.ok) return say({ tone: "warn", sentence: readRefusalText(bound.error) });
    const outcome = await fillEntry({ ...fill, frameId: fill.outcome.frameId, now: Date.now() });
    if (outcome.kind !== "filled") return copy(fillOutcomeText(outcome));
    return afterFilling(outcome, fill.entryId, fill.pressId, say, fill.counted);
  });
  const justCopy = once(() => copy(null));

  return (
    <Screen title={t("bind.title", { name: fill.name })} onBack={onDone}>
      <div class="stack">
        {onlyCodesOf === null && <p>{t("bind.question", { name: fill.name })}</p>}
        <HostName host={fill.outcome.host} />
        {fill.sites.length > 0 && (
          <div class="notice boxed warn">
            <Glyph name="warn" />
            <span>{t("bind.other-site", { name: fill.name, sites: formatList(fill.sites) })}</span>
          </div>
        )}
        {onlyCodesOf !== null && <p>{t("row.only-codes-bind", { name: fill.name, group: onlyCodesOf })}</p>}
        {onlyCodesOf === null && pattern && (
          <label class="check">
            <input
              type="checkbox"
              checked={wide}
              onChange={(event) => setWide(event.currentTarget.checked)}
            />
            <span>{t("bind.wide", { domain: pattern.slice(2) })}</span>
          </label>
        )}
        {onlyCodesOf === null && <p class="small dim">{t("bind.means")}</p>}
        <div class="line wrap">
          {onlyCodesOf === null && (
            <button type="button" class="button primary" ref={action} disabled={busy} onClick={bindAndFill}>
              {t("bind.action")}
            </button>
          )}
          <button
            type="button"
            class="button"
            ref={onlyCodesOf === null ? null : action}
            disabled={busy}
            onClick={justCopy}
          >
            {t("bind.copy-only")}
          </button>
        </div>
      </div>
    </Screen>
  );
}
