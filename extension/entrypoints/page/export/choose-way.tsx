import { useId } from "preact/hooks";
import { WAYS_OUT, type WayOut } from "../../../export/ways-out.ts";
import { usePolicy } from "../../../screens/use-policy.ts";
import { t } from "../../../ui/i18n.ts";
import { wayReaders, wayTitle } from "./export-text.ts";

/** A way out of the registry, or the sheet of paper. */
export type Chosen = WayOut | "sheet";

const KINDS = ["encrypted", "plain", "codes"] as const;

/** Every form there is, encrypted ones first; our own backup, which loses nothing, before all of them. */
export function ChooseWay({ chosen, onChoose }: { chosen: Chosen | null; onChoose: (way: Chosen) => void }) {
  const { backupForbidden } = usePolicy();
  return (
    <div class="stack">
      {KINDS.map((kind) => (
        <fieldset key={kind} class="export-kind">
          <legend>{t(`export.kind.${kind}`)}</legend>
          {kind === "encrypted" && !backupForbidden && (
            <div class="export-way">
              <span class="grow">
                <strong>{t("export.backup")}</strong>
                <span class="dim">{t("export.backup-why")}</span>
              </span>
              <a class="button" href="#/backup">
                {t("export.backup-go")}
              </a>
            </div>
          )}
          {WAYS_OUT.filter(({ way }) => way === kind).map((way) => (
            <Way
              key={way.id}
              title={wayTitle(way)}
              hint={wayReaders(way)}
              chosen={chosen === way}
              onChoose={() => onChoose(way)}
            />
          ))}
        </fieldset>
      ))}
      <fieldset class="export-kind">
        <legend>{t("export.kind.paper")}</legend>
        <Way
          title={t("export.sheet")}
          hint={t("export.sheet-why")}
          chosen={chosen === "sheet"}
          onChoose={() => onChoose("sheet")}
        />
      </fieldset>
    </div>
  );
}

function Way(props: { title: string; hint: string; chosen: boolean; onChoose: () => void }) {
  const id = useId();
  return (
    <label class="export-way">
      <input
        type="radio"
        name="way"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-hint`}
        checked={props.chosen}
        onChange={props.onChoose}
      />
      <span class="grow">
        <strong id={`${id}-title`}>{props.title}</strong>
        <span id={`${id}-hint`} class="dim">
          {props.hint}
        </span>
      </span>
    </label>
  );
}
