import { useEffect, useState } from "preact/hooks";
import { isSameSecret } from "../../../../shared/otp/same-entry.ts";
import { moveAutoSites } from "../../../autofill/auto-sites.ts";
import { whyNotChangedNow } from "../../../screens/why-not-changed.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { readRefusalText } from "../../../ui/error-text.ts";
import { formatDate, t, tn } from "../../../ui/i18n.ts";
import { IssuerMark } from "../../../ui/issuer-marks/issuer-mark.tsx";
import { readEntries } from "../../../vault/entries.ts";
import type { IndexRow } from "../../../vault/index-row.ts";
import { type MergeUndo, mergeDuplicates, undoMerge } from "../../../vault/merge-duplicates.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";
import type { SectionProps } from "../section-props.ts";
import { MergePreview, type PreviewPart } from "./merge-preview.tsx";

/** Entries with one secret between them: which is kept is chosen, what becomes of it is shown, then they are merged. */
export function SameSecret(props: { group: readonly IndexRow[]; say: SectionProps["say"] }) {
  const { group, say } = props;
  const [keptId, setKeptId] = useState(group[0]?.id ?? "");
  const [preview, setPreview] = useState<readonly PreviewPart[] | null>(null);
  // What was previewed is what is merged: another entry more or less is looked at anew.
  const members = group.map(({ id }) => id).join();
  useEffect(() => setPreview(null), [members]);
  const kept = group.find(({ id }) => id === keptId) ?? group[0];
  const ordered = kept ? [kept, ...group.filter((row) => row !== kept)] : [];
  const numberOf = (id: string) => group.findIndex((row) => row.id === id) + 1;

  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof VaultLockedError)) say({ tone: "warn", sentence: t("keep.failed") });
    }
  };
  const look = (rows: readonly IndexRow[]) =>
    attempt(async () => {
      const opened = await readEntries(rows.map(({ id }) => id));
      const parts: PreviewPart[] = [];
      for (const row of rows) {
        const entry = opened.get(row.id);
        if (!entry?.ok) return say({ tone: "warn", sentence: readRefusalText(entry?.error ?? "not-found") });
        parts.push({ number: numberOf(row.id), entry: entry.value, pinned: row.pinned });
      }
      // The list may not have heard yet of a secret that was changed in another page.
      if (!parts.every(({ entry }) => isSameSecret(entry, parts[0]?.entry ?? entry)))
        return say({ tone: "warn", sentence: t("duplicates.not-same") });
      setPreview(parts);
    });
  const undo = (taken: MergeUndo, moveBack: () => Promise<void>) =>
    attempt(async () => {
      const outcome = await undoMerge(taken);
      await moveBack().catch(() => {});
      say(
        outcome === "undone"
          ? { tone: "done", sentence: t("duplicates.undone") }
          : { tone: "warn", sentence: t("duplicates.undone-in-part") },
      );
    });
  const merge = () =>
    attempt(async () => {
      for (const { id } of ordered) {
        const why = await whyNotChangedNow(id);
        if (why !== null) return say({ tone: "warn", sentence: why });
      }
      const merged = await mergeDuplicates(
        ordered.map(({ id }) => id),
        Date.now(),
      );
      setPreview(null);
      if (!merged.ok) {
        const sentence =
          merged.error === "not-same" ? t("duplicates.not-same") : readRefusalText(merged.error);
        return say({ tone: "warn", sentence });
      }
      // They are merged by now: a site that fills by itself and can't follow only waits for a choice.
      const { trashedIds, keptId } = merged.value;
      const moveBack = await moveAutoSites(trashedIds, keptId).catch(() => async () => {});
      say({
        tone: "done",
        sentence: tn("duplicates.merged", group.length, { name: nameOf(ordered[0]) }),
        action: { label: t("action.undo"), onChoose: () => void undo(merged.value, moveBack) },
      });
    });

  return (
    <article class="duplicate">
      <fieldset class="duplicate-group">
        <legend class="visually-hidden">{t("duplicates.keep-which")}</legend>
        {group.map((row) => (
          <label key={row.id} class="line">
            <input
              type="radio"
              name={`kept-${group[0]?.id}`}
              checked={row.id === kept?.id}
              onChange={() => {
                setKeptId(row.id);
                // The preview goes with the choice.
                if (preview) void look([row, ...group.filter((other) => other !== row)]);
              }}
            />
            <IssuerMark issuer={row.issuer} account={row.account} sites={row.sites} icon={null} size={34} />
            <span class="row-names grow">
              <span class="row-issuer cut">
                {numberOf(row.id)}. {nameOf(row)}
              </span>
              <span class="small dim">
                {row.issuer && row.account && `${row.account} · `}
                {t("duplicates.since", { date: formatDate(row.secretSetAt) })} ·{" "}
                {tn("duplicates.uses", row.uses)}
              </span>
            </span>
            {row.id === kept?.id && <span class="small">{t("duplicates.keeps")}</span>}
          </label>
        ))}
      </fieldset>
      {preview ? (
        <MergePreview parts={preview} onMerge={() => void merge()} onCancel={() => setPreview(null)} />
      ) : (
        <div>
          <button type="button" class="button" onClick={() => void look(ordered)}>
            {t("duplicates.preview")}
          </button>
        </div>
      )}
    </article>
  );
}

function nameOf(row: IndexRow | undefined): string {
  return row ? shortName(row) : t("entry.unnamed");
}
