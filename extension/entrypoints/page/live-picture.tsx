import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveSource } from "../../scan/live-source.ts";
import { type Look, watchVideo } from "../../scan/watch-video.ts";
import { t } from "../../ui/i18n.ts";

/** What a camera sees or another window shows, with an outline where a code was seen. */
export function LivePicture(props: { source: LiveSource; onLook: (look: Look) => void; onFail: () => void }) {
  const { source } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [look, setLook] = useState<Look | null>(null);

  useEffect(() => {
    const shown = video.current;
    if (shown === null) return;
    const stop = new AbortController();
    const watch = async () => {
      shown.srcObject = source.stream;
      // Refused only where the stream ended meanwhile, which is told elsewhere.
      await shown.play().catch(() => {});
      const end = await watchVideo(shown, {
        signal: stop.signal,
        onLook: (next) => {
          setLook(next);
          props.onLook(next);
        },
      });
      if (end === "decoder-failed") props.onFail();
    };
    void watch();
    return () => {
      stop.abort();
      shown.srcObject = null;
    };
  }, [source]);

  return (
    <div class={`live-picture ${source.isMirrored ? "mirrored" : ""}`}>
      <video ref={video} muted playsInline aria-label={t(`live.${source.kind}-picture`)} />
      {look && (
        <svg aria-hidden="true" viewBox={`0 0 ${look.width} ${look.height}`}>
          {look.unread.map(({ x, y, width, height }) => (
            <rect key={`${x} ${y}`} class="unread" x={x} y={y} width={width} height={height} />
          ))}
          {look.codes.map(({ text, corners }) => (
            <polygon key={text} points={corners.map(({ x, y }) => `${x},${y}`).join(" ")} />
          ))}
        </svg>
      )}
    </div>
  );
}
