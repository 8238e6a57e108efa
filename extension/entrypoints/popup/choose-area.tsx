import { useEffect, useState } from "preact/hooks";
import { openWindow } from "../../platform/surfaces.ts";
import type { TabInfo } from "../../platform/tabs.ts";
import { leaveAreaPicture } from "../../scan/area-picture.ts";
import type { ScanFailure } from "../../scan/scan-outcome.ts";
import { ScanExplanation } from "../../screens/scan-explanation.tsx";
import type { WayIn } from "../../screens/ways-in.tsx";
import { t } from "../../ui/i18n.ts";
import { Screen } from "./screen.tsx";

/** The most room that drawing needs, in CSS pixels, and what is left of the screen around it. */
const LARGEST = { width: 1200, height: 900 };
const AROUND = 48;

/** Takes the picture of the page that the permission is for, and hands it to the window in which the area is drawn. */
export function ChooseArea(props: { tab: TabInfo | null; onAdd: (way: WayIn) => void; onBack: () => void }) {
  const { tab } = props;
  const [attempt, setAttempt] = useState(0);
  const [why, setWhy] = useState<ScanFailure | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    const take = async () => {
      if (tab === null) return setWhy({ reason: "no-tab" });
      const left = await leaveAreaPicture(tab, { now: Date.now(), signal: stop.signal });
      if (stop.signal.aborted) return;
      if (!left.ok) return setWhy(left.error);
      await openWindow("page.html#/area", {
        width: Math.min(LARGEST.width, screen.availWidth - AROUND),
        height: Math.min(LARGEST.height, screen.availHeight - AROUND),
      });
      window.close();
    };
    setWhy(null);
    take().catch(() => setWhy({ reason: "capture-failed" }));
    return () => stop.abort();
  }, [attempt]);

  return (
    <Screen title={t("page.area")} onBack={props.onBack}>
      {why === null ? (
        <div class="line" role="status">
          <span class="spinner" aria-hidden="true" />
          <span>{t("area.taking")}</span>
        </div>
      ) : (
        <ScanExplanation
          why={why}
          way="page"
          tab={props.tab}
          // Only codes are refused, and none was read.
          onCorrected={() => {}}
          actions={{
            onTryAgain: () => setAttempt(attempt + 1),
            onShareScreen: () => props.onAdd("screen"),
            onOpenImage: () => props.onAdd("image"),
            onTypeIn: () => props.onAdd("type"),
          }}
        />
      )}
    </Screen>
  );
}
