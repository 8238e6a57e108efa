import { useState } from "preact/hooks";
import { openWindow } from "../../../platform/surfaces.ts";
import { checkKit } from "../../../servers/kit.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { kitRefusalText } from "../../../ui/server-text.ts";
import { TextField } from "../../../ui/text-field.tsx";
import type { SectionProps } from "../section-props.ts";
import { SHEET_SIZE } from "../sheet/sheet-choice.ts";

/** Stays until the person has typed the recovery key back from paper once. */
export function KitNotice({ serverId, say }: { serverId: string; say: SectionProps["say"] }) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      const checked = await checkKit(serverId, typed);
      if (checked.ok) say({ tone: "done", sentence: t("teams.kit.checked") });
      else setProblem(kitRefusalText(checked.error));
    } catch {
      setProblem(t("keep.failed"));
    }
  };
  return (
    <div class="notice boxed" role="group" aria-labelledby={`kit-${serverId}`}>
      <Glyph name="key" />
      <div class="stack grow">
        <div>
          <p id={`kit-${serverId}`}>
            <strong>{t("teams.kit.title")}</strong>
          </p>
          <p>{t("teams.kit.why")}</p>
        </div>
        <div>
          <button
            type="button"
            class="button"
            onClick={() => void openWindow(`page.html#/kit?of=${encodeURIComponent(serverId)}`, SHEET_SIZE)}
          >
            {t("teams.kit.open")}
          </button>
        </div>
        <form class="stack tight" onSubmit={submit}>
          <TextField
            label={t("teams.kit.check")}
            hint={t("teams.kit.check-why")}
            value={typed}
            problem={problem}
            kind="code"
            onChange={(value) => {
              setTyped(value);
              setProblem(null);
            }}
          />
          <div>
            <button type="submit" class="button" disabled={typed.trim() === ""}>
              {t("teams.kit.check-action")}
            </button>
          </div>
        </form>
      </div>
    </div>
  );
}
