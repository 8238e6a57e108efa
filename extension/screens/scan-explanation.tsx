import { useMemo } from "preact/hooks";
import { openPage } from "../platform/surfaces.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { explainScan, type NextStep, type ScanWay } from "../scan/explain.ts";
import type { ScanFailure } from "../scan/scan-outcome.ts";
import { t } from "../ui/i18n.ts";
import { Glyph } from "../ui/icons.tsx";
import { noticeText, uriRefusalText } from "../ui/scan-text.ts";
import { FailureReportLink } from "./failure-report-link.tsx";
import type { ReviewItem } from "./review.tsx";

/** What can be done about a failure by pressing a button here; the other steps are only words. */
export interface NextActions {
  readonly onScanAgain?: () => void;
  /** The same in other words, where nothing was scanned yet. */
  readonly onTryAgain?: () => void;
  readonly onChooseArea?: () => void;
  readonly onShareScreen?: () => void;
  readonly onOpenImage?: () => void;
  readonly onTypeIn?: () => void;
}

/** Why a scan gave nothing, in a sentence, and what to do next: advice in words, the rest as buttons. */
export function ScanExplanation(props: {
  why: ScanFailure;
  way: ScanWay;
  /** What was scanned, where that was a tab. */
  tab: TabInfo | null;
  actions: NextActions;
  /** Takes an account whose one impossible value was replaced, once the person said so. */
  onCorrected: (item: ReviewItem) => void;
}) {
  const explanation = explainScan(props.why, props.way);
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
    case "draw-again":
    case "picture-closer":
    case "allow-camera":
    case "allow-in-system":
    case "connect-camera":
    case "free-camera":
    case "keep-in-sight":
      return [t(`scan-next.${step}`)];
    case "scan-again":
    case "choose-area":
    case "share-screen":
    case "open-image":
    case "type-in":
    case "to-teams":
      return [];
  }
}

const STEP_BUTTONS = [
  { step: "choose-area", action: "onChooseArea" },
  { step: "share-screen", action: "onShareScreen" },
  { step: "open-image", action: "onOpenImage" },
  { step: "type-in", action: "onTypeIn" },
] as const;

function Buttons({ next, actions }: { next: readonly NextStep[]; actions: NextActions }) {
  const again = actions.onTryAgain ?? actions.onScanAgain;
  const others = STEP_BUTTONS.flatMap(({ step, action }) => {
    const onChoose = actions[action];
    return onChoose !== undefined && next.includes(step) ? [{ step, onChoose }] : [];
  });
  const isForTeams = next.includes("to-teams");
  if (again === undefined && others.length === 0 && !isForTeams) return null;
  return (
    <div class="line wrap">
      {isForTeams && (
        <button type="button" class="button primary" onClick={() => void openPage("page.html#/teams")}>
          {t("scan-next.to-teams")}
        </button>
      )}
      {again && (
        <button type="button" class={isForTeams ? "button" : "button primary"} onClick={again}>
          <Glyph name="refresh" />
          {t(actions.onTryAgain ? "scan-next.try-again" : "scan-next.scan-again")}
        </button>
      )}
      {others.map(({ step, onChoose }) => (
        <button key={step} type="button" class="button" onClick={onChoose}>
          {t(`scan-next.${step}`)}
        </button>
      ))}
    </div>
  );
}
