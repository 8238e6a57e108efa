import { useState } from "preact/hooks";
import { keepChosenFolder } from "../../../backup/automatic/chosen-folder.ts";
import {
  INTERVALS,
  type Interval,
  KEEP_CHOICES,
  type PlaceKind,
  type PlanChoices,
} from "../../../backup/automatic/plan.ts";
import { askForDownloads } from "../../../platform/downloads.ts";
import { canChooseFolder, chooseFolder } from "../../../platform/folder.ts";
import { Choice } from "../../../ui/choice.tsx";
import { t, tn } from "../../../ui/i18n.ts";

/** Where backups go, how often, and how many stay. The browser's own question comes with the press that ends it. */
export function ChoosePlace(props: {
  choices: PlanChoices;
  /** Of the folder that was chosen before; null: none. */
  folderName: string | null;
  action: string;
  onChoose: (choices: PlanChoices) => Promise<void>;
  onCancel: () => void;
}) {
  const [choices, setChoices] = useState(props.choices);
  const [keepsFolder, setKeepsFolder] = useState(props.folderName !== null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<"busy" | "idle">("idle");
  const patch = (change: Partial<PlanChoices>) => {
    setProblem(null);
    setChoices({ ...choices, ...change });
  };
  const places: readonly PlaceKind[] = canChooseFolder() ? ["downloads", "folder"] : ["downloads"];

  const submit = async () => {
    setProblem(null);
    if (choices.place === "downloads") {
      // First of all: browsers ask for a permission only within the press.
      if (!(await askForDownloads())) return setProblem(t("automatic.downloads-declined"));
    } else if (!keepsFolder) {
      const folder = await chooseFolder();
      if (folder === null) return setProblem(t("automatic.no-folder-chosen"));
      await keepChosenFolder(folder);
    }
    setBusy("busy");
    await props.onChoose(choices).finally(() => setBusy("idle"));
  };

  return (
    <form
      class="stack"
      aria-busy={busy === "busy"}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy === "idle") void submit();
      }}
    >
      <Choice
        label={t("automatic.place")}
        value={choices.place}
        describedBy="backup-place-why"
        choices={places.map((value) => ({ value, label: t(`automatic.place.${value}`) }))}
        onChoose={(place) => patch({ place })}
      />
      <p id="backup-place-why" class="dim">
        {t(`automatic.place-why.${choices.place}`)}
      </p>
      {choices.place === "folder" && props.folderName !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={keepsFolder}
            onChange={(event) => setKeepsFolder(event.currentTarget.checked)}
          />
          <span>{t("automatic.same-folder", { folder: props.folderName })}</span>
        </label>
      )}
      <Choice<Interval>
        label={t("automatic.every")}
        value={choices.every}
        choices={INTERVALS.map((value) => ({ value, label: t(`automatic.every.${value}`) }))}
        onChoose={(every) => patch({ every })}
      />
      <Choice
        label={t("automatic.keep")}
        value={String(choices.keep)}
        describedBy="backup-keep-why"
        choices={KEEP_CHOICES.map((count) => ({
          value: String(count),
          label: tn("automatic.files", count),
        }))}
        onChoose={(count) => patch({ keep: Number(count) })}
      />
      <p id="backup-keep-why" class="dim">
        {t("automatic.keep-why")}
      </p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="line wrap">
        <button type="submit" class="button primary" disabled={busy === "busy"}>
          {busy === "busy" ? t("backup.writing") : props.action}
        </button>
        <button type="button" class="button plain" onClick={props.onCancel}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}
