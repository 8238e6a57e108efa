import { useEffect, useRef, useState } from "preact/hooks";
import { readTextsInImage } from "../../../scan/decode-image-file.ts";
import type { Look } from "../../../scan/watch-video.ts";
import { ScanExplanation } from "../../../screens/scan-explanation.tsx";
import { announce } from "../../../ui/announcer.tsx";
import { FileButton } from "../../../ui/file-button.tsx";
import { t } from "../../../ui/i18n.ts";
import { LivePicture } from "../live-picture.tsx";
import { useCamera } from "./use-camera.ts";

/**
 * Fills a field from a QR code instead of typing: from a picture, or by camera.
 *
 * @param props.isWanted whether the text of a code is one that the field takes
 * @param props.nothing what is said where a picture has none
 */
export function CodeReader(props: {
  isWanted: (text: string) => boolean;
  nothing: string;
  onText: (text: string) => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const { step, start, stop, fail } = useCamera();
  const picture = useRef<AbortController | null>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  useEffect(() => () => picture.current?.abort(), []);
  useEffect(() => {
    if (step.kind === "watching") stopButton.current?.focus();
  }, [step.kind]);

  /** @returns whether there was one to take */
  const take = (texts: readonly string[]): boolean => {
    const text = texts.find(props.isWanted);
    if (text === undefined) return false;
    setProblem(null);
    props.onText(text);
    announce(t("teams.read.done"));
    return true;
  };
  const readPicture = async (file: Blob | undefined) => {
    if (file === undefined) return;
    stop();
    picture.current?.abort();
    picture.current = new AbortController();
    if (!take(await readTextsInImage(file, picture.current))) setProblem(props.nothing);
  };
  const onLook = ({ codes }: Look) => {
    if (take(codes.map(({ text }) => text))) stop();
  };
  return (
    <div class="stack tight">
      {step.kind === "watching" && (
        <div class="code-camera">
          <LivePicture source={step.source} onLook={onLook} onFail={fail} />
        </div>
      )}
      <div class="line wrap">
        <FileButton
          text={t("teams.read.picture")}
          label={t("teams.read.picture")}
          accept="image/*"
          multiple={false}
          tone="quiet"
          onFiles={([file]) => void readPicture(file)}
        />
        {step.kind === "watching" ? (
          <button ref={stopButton} type="button" class="button" onClick={stop}>
            {t("teams.read.camera-stop")}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            disabled={step.kind === "asking"}
            onClick={() => {
              setProblem(null);
              start();
            }}
          >
            {t(step.kind === "asking" ? "teams.read.camera-asking" : "teams.read.camera")}
          </button>
        )}
      </div>
      {problem && (
        <p class="small problem" role="alert">
          {problem}
        </p>
      )}
      {step.kind === "stopped" && (
        <ScanExplanation why={step.why} way="live" tab={null} actions={{}} onCorrected={() => {}} />
      )}
    </div>
  );
}
