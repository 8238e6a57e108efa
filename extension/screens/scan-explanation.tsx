import { useMemo } from "preact/hooks";
import type { TabInfo } from "../platform/tabs.ts";
import { explainScan, type NextStep } from "../scan/explain.ts";
import type { ScanFailure } from "../scan/scan-outcome.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";
import { noticeText, uriRefusalText } from "../ui/scan-text.ts";
import { FailureReportLink } from "./failure-report-link.tsx";
import type { ReviewItem } from "./review.tsx";

/** What can be done about a failure by pressing a button here; the other steps are only words. */
export interface NextActions {
  readonly onScanAgain?: () => void;
  readonly onOpenImage?: () => void;
  readonly onTypeIn?: () => void;
}

/** Why a scan gave nothing, in a sentence, and what to do next: advice in words, the rest as buttons. */
export function ScanExplanation(props: {
  why: ScanFailure;
  /** What was scanned, where that was a tab. */
  tab: TabInfo | null;
  actions: NextActions;
  /** Takes an account whose one impossible value was replaced, once the person said so. */
  onCorrected: (item: ReviewItem) => void;
}) {
  const explanation = explainScan(props.why);
  const subject = useMemo(() => ({ what: "scan" as const, why: props.why }), [props.why]);
  if (explanation === null) return null;
  const sentence =
    props.why.reason === "refused"
      ? uriRefusalText(props.why.refusal)
      : t(`scan.${explanationKey(explanation.message)}`);
  const advice = explanation.next.flatMap((step) => adviceFor(step));
  return (
    <div class="stack">
      <div class="stack" role="alert">
        <div class="line">
          <span class="big-glyph warn-glyph">
            <Glyph name="warn" size={24} />
          </span>
          <p class="grow">{sentence}</p>
        </div>
        {advice.map((line) => (
          <p key={line} class="dim">
            {line}
          </p>
        ))}
        {props.why.reason === "refused" && (
          <Correction refusal={props.why.refusal} onTake={props.onCorrected} />
        )}
        <Buttons next={explanation.next} actions={props.actions} />
      </div>
      <FailureReportLink subject={subject} tab={props.tab} />
    </div>
  );
}

/** Offers what the refusal offers, e.g. 30 seconds where a site wrote 0. */
function Correction(props: {
  refusal: (ScanFailure & { reason: "refused" })["refusal"];
  onTake: (item: ReviewItem) => void;
}) {
  const correction = "correction" in props.refusal ? props.refusal.correction : null;
  if (correction === null) return null;
  const { draft, notices } = correction.read;
  return (
    <div>
      <button
        type="button"
        class="button"
        onClick={() => props.onTake({ draft, notices: notices.map(noticeText) })}
      >
        {t("uri.take-period", { seconds: correction.changed.period })}
      </button>
    </div>
  );
}

type Message = NonNullable<ReturnType<typeof explainScan>>["message"];

/** "refused" is worded by its own reason above. */
function explanationKey(message: Message): Exclude<Message, "refused"> {
  if (message === "refused") throw new Error("a refusal has its own words");
  return message;
}

function adviceFor(step: NextStep): string[] {
  switch (step) {
    case "zoom-in":
    case "show-tab":
    case "ask-again":
    case "allow-files":
    case "choose-other-app":
      return [t(`scan-next.${step}`)];
    case "scan-again":
    case "open-image":
    case "type-in":
      return [];
  }
}

function Buttons(props: { next: readonly NextStep[]; actions: NextActions }) {
  const { onScanAgain, onOpenImage, onTypeIn } = props.actions;
  return (
    <div class="line wrap">
      {onScanAgain && (
        <button type="button" class="button primary" onClick={onScanAgain}>
          <Glyph name="refresh" />
          {t("scan-next.scan-again")}
        </button>
      )}
      {onOpenImage && props.next.includes("open-image") && (
        <button type="button" class="button" onClick={onOpenImage}>
          {t("scan-next.open-image")}
        </button>
      )}
      {onTypeIn && props.next.includes("type-in") && (
        <button type="button" class="button" onClick={onTypeIn}>
          {t("scan-next.type-in")}
        </button>
      )}
    </div>
  );
}
