import { useEffect, useState } from "preact/hooks";
import { isForgottenAtExit } from "../../platform/installation.ts";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";

/** Says to whoever tries the extension in Firefox what becomes of it, and of their accounts, when Firefox closes. */
export function TemporaryNotice() {
  const [isForgotten, setIsForgotten] = useState(false);
  useEffect(() => void isForgottenAtExit().then(setIsForgotten), []);
  if (!isForgotten) return null;
  return (
    <p class="notice boxed temporary" role="note">
      <Glyph name="info" />
      <span class="grow">{t("empty.temporary")}</span>
    </p>
  );
}
