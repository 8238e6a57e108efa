import { useEffect, useState } from "preact/hooks";
import { showTick } from "../../platform/badge.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import type { ScanFailure } from "../../scan/scan-outcome.ts";
import { type ScanProgress, type ScanTarget, scanTab } from "../../scan/scan-tab.ts";
import { Review } from "../../screens/review.tsx";
import { type FoundAccounts, forgetBatches, foundAccounts } from "../../screens/review-items.ts";
import { ScanExplanation } from "../../screens/scan-explanation.tsx";
import type { WayIn } from "../../screens/ways-in.tsx";
import { announce } from "../../ui/announcer.tsx";
import { t, tn } from "../../ui/i18n.ts";
import type { VaultState } from "../../vault/state.ts";
import { Screen } from "./screen.tsx";

type Step =
  | { kind: "scanning"; further: (ScanProgress & { stage: "further" }) | null }
  | { kind: "found"; accounts: FoundAccounts }
  | { kind: "nothing"; why: ScanFailure };

const SCANNING: Step = { kind: "scanning", further: null };

/** Scanning the tab: it begins at once, and ends in accounts to look at or in a reason and the next step. */
export function Scan(props: {
  tab: TabInfo | null;
  target: ScanTarget | null;
  vault: VaultState;
  onAdd: (way: WayIn) => void;
  onDone: (sentence: string | null) => void;
}) {
  const { tab, target } = props;
  const [step, setStep] = useState<Step>(SCANNING);
  const [protecting, setProtecting] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    const scan = async () => {
      if (tab === null) return setStep({ kind: "nothing", why: { reason: "no-tab" } });
      const outcome = await scanTab({
        tab,
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.stage === "further") setStep({ kind: "scanning", further: progress });
        },
        ...(target && { target }),
      });
      if (stop.signal.aborted) return;
      if (outcome.kind === "nothing") return setStep(outcome);
      const accounts = await foundAccounts(outcome.found, outcome.isComplete, Date.now());
      announce(tn("review.found", accounts.items.length));
      setStep({ kind: "found", accounts });
      await showTick();
    };
    setStep(SCANNING);
    // Whatever breaks is said: a wheel that turns for ever would be the worst of answers.
    scan().catch(() => setStep({ kind: "nothing", why: { reason: "decoder-failed" } }));
    return () => stop.abort();
  }, [attempt, tab?.id]);

  return (
    <Screen
      title={t(protecting ? "protect.title" : step.kind === "found" ? "scan.title-found" : "scan.title")}
      onBack={() => props.onDone(null)}
    >
      {step.kind === "scanning" && (
        <div class="line" role="status">
          <span class="spinner" aria-hidden="true" />
          <span>{step.further ? t("scan.further", step.further) : t("scan.looking")}</span>
        </div>
      )}
      {step.kind === "scanning" && step.further && (
        <div class="stack further">
          <p class="dim">{t("scan.further-why")}</p>
          <button type="button" class="button" onClick={() => props.onDone(null)}>
            {t("action.cancel")}
          </button>
        </div>
      )}
      {step.kind === "nothing" && (
        <ScanExplanation
          why={step.why}
          way="page"
          tab={tab}
          onCorrected={(item) =>
            setStep({ kind: "found", accounts: { items: [item], remarks: [], batches: [] } })
          }
          actions={{
            onScanAgain: () => setAttempt(attempt + 1),
            onChooseArea: () => props.onAdd("area"),
            onShareScreen: () => props.onAdd("screen"),
            onOpenImage: () => props.onAdd("image"),
            onTypeIn: () => props.onAdd("type"),
          }}
        />
      )}
      {step.kind === "found" && (
        <>
          {/* Of no use beside the question for a passphrase, where nothing can be scanned again. */}
          {!protecting &&
            step.accounts.remarks.map((remark) => (
              <p key={remark} class="notice boxed warn">
                {remark}
              </p>
            ))}
          <Review
            items={step.accounts.items}
            vault={props.vault}
            onProtect={() => setProtecting(true)}
            onKept={(sentence) => {
              void forgetBatches(step.accounts.batches, Date.now());
              props.onDone(sentence);
            }}
            onCancel={() => props.onDone(null)}
          />
        </>
      )}
    </Screen>
  );
}
