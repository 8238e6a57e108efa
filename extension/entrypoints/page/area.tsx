import { useEffect, useRef, useState } from "preact/hooks";
import { closeThisWindow } from "../../platform/surfaces.ts";
import { firstArea } from "../../scan/area-box.ts";
import { takeAreaPicture } from "../../scan/area-picture.ts";
import { decodeArea } from "../../scan/decode-area.ts";
import { dataUrlToPixels } from "../../scan/image-pixels.ts";
import type { Box, Pixels } from "../../scan/pixels.ts";
import type { ScanFailure } from "../../scan/scan-outcome.ts";
import { type FoundAccounts, foundAccounts } from "../../screens/review-items.ts";
import { ScanExplanation } from "../../screens/scan-explanation.tsx";
import { announce } from "../../ui/announcer.tsx";
import { t, tn } from "../../ui/i18n.ts";
import { useEscape } from "../../ui/use-escape.ts";
import { AreaStage } from "./area-stage.tsx";
import { Found } from "./found.tsx";
import { Kept } from "./kept.tsx";
import type { SectionProps } from "./section-props.ts";

/** The page as it looked when the popup took its picture: in memory of this window alone, as long as it is open. */
type Picture = { readonly dataUrl: string; readonly pixels: Pixels; readonly site: string | null };

type Step =
  | { kind: "opening" }
  | { kind: "gone" }
  | { kind: "drawing"; why: ScanFailure | null }
  | { kind: "reading" }
  | { kind: "found"; accounts: FoundAccounts }
  | { kind: "kept"; sentence: string };

/** An area of the page, drawn by hand on its picture, and read more thoroughly than a whole page is. */
export function AreaPage({ vault }: SectionProps) {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  const [step, setStep] = useState<Step>({ kind: "opening" });
  const stop = useRef(new AbortController());

  useEffect(() => {
    const open = async () => {
      const taken = await takeAreaPicture(Date.now());
      const pixels = taken && (await dataUrlToPixels(taken.dataUrl));
      if (!taken || !pixels?.ok) return setStep({ kind: "gone" });
      setPicture({ dataUrl: taken.dataUrl, pixels: pixels.value, site: taken.site });
      setBox(firstArea(pixels.value));
      setStep({ kind: "drawing", why: null });
    };
    void open();
    return () => stop.current.abort();
  }, []);

  const read = async (area: Box) => {
    if (picture === null || step.kind === "reading") return;
    setStep({ kind: "reading" });
    announce(t("area.reading"));
    const { signal } = stop.current;
    const outcome = await decodeArea(picture.pixels, area, { site: picture.site, signal });
    if (signal.aborted) return;
    if (outcome.kind === "nothing") return setStep({ kind: "drawing", why: outcome.why });
    const accounts = await foundAccounts(outcome.found, outcome.isComplete, Date.now());
    announce(tn("review.found", accounts.items.length));
    setStep({ kind: "found", accounts });
  };

  const explanation = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step.kind === "drawing" && step.why !== null)
      explanation.current?.scrollIntoView({ block: "nearest" });
  }, [step]);

  const drawAgain = () => setStep({ kind: "drawing", why: null });
  // On the picture it is the stage's, which knows of a frame that is being drawn; what was found asks its own question.
  const isOnStage = step.kind === "drawing" || step.kind === "reading";
  useEscape(isOnStage || step.kind === "found" ? null : () => void closeThisWindow());
  if (step.kind === "opening") return null;
  if (step.kind === "gone" || picture === null || box === null)
    return (
      <section class="page-section">
        <p role="alert">{t("area.gone")}</p>
        <div class="line">
          <button type="button" class="button primary" onClick={() => void closeThisWindow()}>
            {t("action.close")}
          </button>
        </div>
      </section>
    );
  if (step.kind === "found")
    return (
      <section class="page-section">
        <Found
          accounts={step.accounts}
          vault={vault}
          isAlone
          onKept={(sentence) => setStep({ kind: "kept", sentence })}
          onCancel={drawAgain}
        />
      </section>
    );
  if (step.kind === "kept") return <Kept sentence={step.sentence} onAnother={drawAgain} />;
  return (
    <section class="page-section area-section">
      <p>{t("area.how")}</p>
      <AreaStage
        dataUrl={picture.dataUrl}
        size={picture.pixels}
        box={box}
        busy={step.kind === "reading" ? "busy" : "idle"}
        onBox={setBox}
        onRead={(area) => void read(area)}
        onEscape={() => void closeThisWindow()}
      />
      <div ref={explanation}>
        {step.kind === "drawing" && step.why !== null && (
          <ScanExplanation
            why={step.why}
            way="area"
            tab={null}
            actions={{}}
            onCorrected={(item) =>
              setStep({ kind: "found", accounts: { items: [item], remarks: [], batches: [] } })
            }
          />
        )}
      </div>
    </section>
  );
}
