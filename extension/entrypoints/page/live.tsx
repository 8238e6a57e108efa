import { useEffect, useRef } from "preact/hooks";
import { closeThisWindow } from "../../platform/surfaces.ts";
import type { Camera, LiveKind } from "../../scan/live-source.ts";
import type { ScanFailure } from "../../scan/scan-outcome.ts";
import { ScanExplanation } from "../../screens/scan-explanation.tsx";
import { announce } from "../../ui/announcer.tsx";
import { formatList, t, tn } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { useEscape } from "../../ui/use-escape.ts";
import { Found } from "./found.tsx";
import { Kept } from "./kept.tsx";
import { LivePicture } from "./live-picture.tsx";
import type { SectionProps } from "./section-props.ts";
import { type LiveStep, type PartsRead, useLiveScan } from "./use-live-scan.ts";

/** Scanning by camera, or what another window or the screen shows. Begins by itself only where `begin` says so. */
export function LivePage(props: SectionProps & { kind: LiveKind; begin: "at-once" | "by-button" }) {
  const { kind, vault } = props;
  const live = useLiveScan(kind);
  const { step } = live;
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    if (props.begin === "at-once") live.start();
  }, []);
  useEffect(() => {
    // The first button of what is shown next; what was found and kept takes the focus itself.
    if (step.kind === "idle" || step.kind === "watching" || step.kind === "stopped")
      section.current?.querySelector<HTMLElement>(".live-first, .button")?.focus();
    if (step.kind === "found") announce(tn("review.found", step.accounts.items.length));
  }, [step.kind]);

  // What is under way ends first: the browser's question, and an export of which only some codes were read.
  const isUnderWay = step.kind === "asking" || (step.kind === "watching" && step.parts !== null);
  useEscape(step.kind === "found" ? null : isUnderWay ? live.stop : () => void closeThisWindow());

  if (step.kind === "kept") return <Kept sentence={step.sentence} onAnother={live.stop} />;
  if (step.kind === "found")
    return (
      <section class="page-section">
        <Found accounts={step.accounts} vault={vault} isAlone onKept={live.keep} onCancel={live.stop} />
      </section>
    );
  return (
    <section class="page-section" ref={section}>
      <p role="status">{t(`live.${kind}-${howTo(step)}`)}</p>
      {step.kind === "watching" ? (
        <LivePicture
          key={step.source.stream.id}
          source={step.source}
          onLook={live.onLook}
          onFail={() => live.fail({ reason: "decoder-failed" })}
        />
      ) : (
        <div class="live-picture">
          {step.kind === "asking" ? (
            <span class="spinner" aria-hidden="true" />
          ) : (
            <span class="big-glyph">
              <Glyph name={kind === "camera" ? "camera" : "window"} size={32} />
            </span>
          )}
        </div>
      )}
      {step.kind === "watching" && (
        <Watching
          step={step}
          onCamera={live.start}
          onStop={live.stop}
          onTake={live.take}
          onCorrected={(item) => live.take({ items: [item], remarks: [], batches: [] })}
        />
      )}
      {step.kind === "idle" && (
        <div class="line">
          <button type="button" class="button primary" onClick={() => live.start()}>
            {t(`live.${kind}-start`)}
          </button>
        </div>
      )}
      {step.kind === "stopped" && (
        <ScanExplanation
          why={step.why}
          way="live"
          tab={null}
          onCorrected={() => {}}
          actions={{ onTryAgain: () => live.start(), onOpenImage: () => location.assign("#/image") }}
        />
      )}
    </section>
  );
}

function howTo(step: LiveStep): "asking" | "how" | "why" {
  return step.kind === "asking" ? "asking" : step.kind === "watching" ? "how" : "why";
}

type Explained = Parameters<typeof ScanExplanation>[0];

function Watching(props: {
  step: LiveStep & { kind: "watching" };
  onCamera: (id: string) => void;
  onStop: () => void;
  onTake: (accounts: PartsRead["accounts"]) => void;
  onCorrected: Explained["onCorrected"];
}) {
  const { source, cameras, parts, why } = props.step;
  return (
    <>
      {parts && <Parts parts={parts} onTake={() => props.onTake(parts.accounts)} />}
      {why && <NoAccount why={why} onCorrected={props.onCorrected} />}
      <div class="line wrap">
        <button type="button" class="button live-first" onClick={props.onStop}>
          {t("live.stop")}
        </button>
        {cameras.length > 1 && (
          <CameraChoice cameras={cameras} cameraId={source.cameraId} onCamera={props.onCamera} />
        )}
      </div>
    </>
  );
}

function Parts(props: { parts: PartsRead; onTake: () => void }) {
  const { read, size, missing } = props.parts;
  return (
    <div class="notice boxed" role="status">
      <span class="grow">
        {t("live.part-read", { read, size, missing: formatList(missing.map((index) => String(index + 1))) })}
      </span>
      <button type="button" class="button" onClick={props.onTake}>
        {t("live.enough")}
      </button>
    </div>
  );
}

/** A code was seen that is no account: why, while the looking goes on. */
function NoAccount(props: { why: ScanFailure; onCorrected: Explained["onCorrected"] }) {
  return (
    <ScanExplanation why={props.why} way="live" tab={null} actions={{}} onCorrected={props.onCorrected} />
  );
}

function CameraChoice(props: {
  cameras: readonly Camera[];
  cameraId: string | null;
  onCamera: (id: string) => void;
}) {
  const { cameras, cameraId } = props;
  return (
    <select
      class="input live-cameras"
      aria-label={t("live.which-camera")}
      value={cameraId ?? ""}
      onChange={(event) => props.onCamera(event.currentTarget.value)}
    >
      {cameras.map(({ id, label }, index) => (
        <option key={id} value={id}>
          {label || t("live.camera-nth", { number: index + 1 })}
        </option>
      ))}
    </select>
  );
}
