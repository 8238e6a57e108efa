import { useEffect, useState } from "preact/hooks";
import type { EntryDraft } from "../../../../shared/otp/entry.ts";
import { TypeInEntry } from "../../../screens/type-in-entry.tsx";
import { type WayIn, WaysIn } from "../../../screens/ways-in.tsx";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { LazySection } from "../lazy-section.tsx";
import { LivePage } from "../live.tsx";
import { RestoreSection } from "../restore.tsx";
import { KeptAccounts } from "./kept-accounts.tsx";
import { StepHeading } from "./step-heading.tsx";
import type { StepProps } from "./step-props.ts";
import { useShortcut } from "./use-shortcut.ts";

/** Those that need no page of a site in front: what scans one is asked for there. */
const FROM_HERE: readonly WayIn[] = ["image", "camera", "screen", "type", "restore"];

/** Keeping the first account, by whichever way. It ends when one is kept, in this page or anywhere else. */
export function AccountStep(props: StepProps) {
  const { rows, heading, inner, onInner } = props;
  const shortcut = useShortcut("scan-qr-code");
  /** Typed in, and waiting for the question for a passphrase. */
  const [waiting, setWaiting] = useState<EntryDraft | null>(null);
  useEffect(() => setWaiting(null), [inner]);
  if (rows.length > 0)
    return (
      <>
        <StepHeading step="account" heading={heading}>
          {t("welcome.kept-title")}
        </StepHeading>
        <KeptAccounts rows={rows} />
      </>
    );
  const way = FROM_HERE.find((each) => each === inner);
  return (
    <>
      <StepHeading step="account" heading={heading}>
        {t(waiting ? "protect.title" : way ? `add.${way}` : "welcome.account-title")}
      </StepHeading>
      {way ? (
        <div class="welcome-way">
          <Way {...props} way={way} waiting={waiting} onWaiting={setWaiting} />
        </div>
      ) : (
        <>
          <p class="line welcome-scan">
            <span class="big-glyph">
              <Glyph name="scan" size={24} />
            </span>
            <span>
              {shortcut ? t("welcome.account-scan-key", { key: shortcut }) : t("welcome.account-scan")}
            </span>
          </p>
          <p class="dim">{t("welcome.account-or")}</p>
          <WaysIn only={FROM_HERE} focused={null} onChoose={onInner} />
        </>
      )}
    </>
  );
}

function Way(
  props: StepProps & {
    way: WayIn;
    waiting: EntryDraft | null;
    onWaiting: (draft: EntryDraft | null) => void;
  },
) {
  const { way, vault, say, onInner } = props;
  switch (way) {
    case "image":
      return <LazySection part="image" vault={vault} say={say} />;
    case "camera":
      // The press on its button has just asked for it.
      return <LivePage kind="camera" begin="at-once" vault={vault} say={say} />;
    case "screen":
      return <LivePage kind="screen" begin="by-button" vault={vault} say={say} />;
    case "restore":
      return <RestoreSection vault={vault} say={say} />;
    case "type":
      return (
        <TypeInEntry
          vault={vault}
          site={null}
          waiting={props.waiting}
          onWaiting={props.onWaiting}
          onDone={() => onInner(null)}
        />
      );
    case "scan":
    case "area":
      return null;
  }
}
