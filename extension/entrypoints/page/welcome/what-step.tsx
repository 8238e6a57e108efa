import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isOnToolbar, watchToolbar } from "../../../platform/toolbar.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph, type GlyphName } from "../../../ui/icons.tsx";
import { StepHeading } from "./step-heading.tsx";
import type { StepProps } from "./step-props.ts";
import { useShortcut } from "./use-shortcut.ts";

/** What this is, where it keeps everything, and how it is always at hand. */
export function WhatStep({ heading }: StepProps) {
  const [isPinned, setIsPinned] = useState<boolean | null>(null);
  const shortcut = useShortcut("_execute_action");
  useEffect(() => {
    const look = () => void isOnToolbar().then(setIsPinned);
    look();
    return watchToolbar(look);
  }, []);
  return (
    <>
      <StepHeading step="what" heading={heading}>
        {t("welcome.what-title")}
      </StepHeading>
      <ul class="welcome-facts">
        <Fact glyph="scan" title={t("welcome.what-codes")}>
          <p class="dim">{t("welcome.what-codes-why")}</p>
        </Fact>
        <Fact glyph="lock" title={t("welcome.what-here")}>
          <p class="dim">{t("welcome.what-here-why")}</p>
        </Fact>
        <Fact glyph={isPinned ? "check" : "pin"} title={t("welcome.what-hand")}>
          {/* Said again when the pin is pressed, which happens outside this page. */}
          <p class="dim" role="status">
            {t(isPinned ? "welcome.what-pinned" : "welcome.what-pin")}
          </p>
          {shortcut && <p class="dim">{t("welcome.what-key", { key: shortcut })}</p>}
        </Fact>
      </ul>
    </>
  );
}

function Fact(props: { glyph: GlyphName; title: string; children: ComponentChildren }) {
  return (
    <li>
      <span class="big-glyph">
        <Glyph name={props.glyph} size={24} />
      </span>
      <div>
        <strong>{props.title}</strong>
        {props.children}
      </div>
    </li>
  );
}
