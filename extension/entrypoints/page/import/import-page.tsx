import { useEffect, useRef, useState } from "preact/hooks";
import type { Gathered } from "../../../import/gather.ts";
import { gather } from "../../../import/gather.ts";
import { type ImportChoice, importItems } from "../../../import/import-items.ts";
import { type ImportItem, planImport } from "../../../import/plan-import.ts";
import { type FailedFile, type LockedFile, type OneRead, readFiles } from "../../../import/read-files.ts";
import type { ScanFailure } from "../../../scan/scan-outcome.ts";
import { type FoundAccounts, forgetBatches } from "../../../screens/review-items.ts";
import { ScanExplanation } from "../../../screens/scan-explanation.tsx";
import { formatNames } from "../../../ui/format-names.ts";
import { formatList, formatSentences, t, tn } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { noticeText } from "../../../ui/scan-text.ts";
import type { Watching } from "../../../vault/commit.ts";
import type { SnapshotId } from "../../../vault/snapshot.ts";
import { undoSnapshot } from "../../../vault/undo-snapshot.ts";
import { Found } from "../found.tsx";
import type { SectionProps } from "../section-props.ts";
import { ChooseFiles } from "./choose-files.tsx";
import { HowToExport } from "./how-to-export.tsx";
import { failedFileText, remarksOf } from "./import-text.ts";
import { OpenLocked } from "./open-locked.tsx";
import { PastImports } from "./past-imports.tsx";
import { Preview } from "./preview.tsx";
import "./import.css";

/** What has come of the files so far. */
interface Sofar {
  readonly read: readonly OneRead[];
  readonly failed: readonly FailedFile[];
}
type Step =
  | { kind: "choose"; failed: readonly FailedFile[] }
  | { kind: "reading"; names: string }
  | { kind: "locked"; sofar: Sofar; files: readonly LockedFile[] }
  | { kind: "found"; accounts: FoundAccounts; failures: readonly string[] }
  | { kind: "preview"; items: readonly ImportItem[]; gathered: Gathered; failures: readonly string[] };

/** Whether a preview went away unfinished, as when the vault was locked: the next thing that this section says. */
let leftUnfinished = false;

/** Everything that comes in by files: read beside the page, shown, chosen from, kept in one write that can be undone. */
export function ImportPage({ vault, say }: SectionProps) {
  const [step, setStep] = useState<Step>({ kind: "choose", failed: [] });
  const [wasUnfinished, setUnfinished] = useState(leftUnfinished);
  const shown = useRef(step);
  shown.current = step;
  const stop = useRef(new AbortController());
  useEffect(() => {
    leftUnfinished = false;
    return () => {
      stop.current.abort();
      leftUnfinished = shown.current.kind === "preview" || shown.current.kind === "locked";
    };
  }, []);

  const restart = (failed: readonly FailedFile[] = []) => setStep({ kind: "choose", failed });
  const goOn = async (sofar: Sofar, files: readonly LockedFile[]) => {
    if (files.length > 0 && !stop.current.signal.aborted) return setStep({ kind: "locked", sofar, files });
    if (sofar.read.length === 0) return restart(sofar.failed);
    try {
      const gathered = await gather(sofar.read, stop.current);
      const failures = sofar.failed.map(failedFileText);
      const single = singleAccount(sofar.read, gathered);
      if (stop.current.signal.aborted) restart(sofar.failed);
      else if (single !== null) setStep({ kind: "found", accounts: single, failures });
      else {
        const items = await planImport(gathered.drafts, gathered.rejected);
        setStep({ kind: "preview", items, gathered, failures });
      }
    } catch {
      // The vault was locked meanwhile, which says so itself, or the database can't be read.
      restart([{ name: t("import.a-file"), why: "reader-failed" }]);
    }
  };
  const choose = async (files: readonly File[]) => {
    stop.current = new AbortController();
    setUnfinished(false);
    setStep({ kind: "reading", names: formatList(files.map(({ name }) => name || t("image.pasted"))) });
    const { locked, ...sofar } = await readFiles(files, stop.current);
    await goOn(sofar, locked);
  };
  const undo = async (id: SnapshotId) => {
    const outcome = await undoSnapshot(id).catch(() => "failed" as const);
    if (outcome === null) return;
    if (outcome === "failed") return say({ tone: "warn", sentence: t("keep.failed") });
    const since = outcome.changedSince.length;
    const undone = tn("import.undone", outcome.reverted);
    const sentence = formatSentences([undone, since > 0 ? tn("import.undo-since", since) : ""]);
    say({ tone: since > 0 ? "warn" : "done", sentence });
  };
  const keep = async (
    choices: readonly ImportChoice[],
    watching: Watching,
    gathered: Gathered,
  ): Promise<string | null> => {
    try {
      const outcome = await importItems(choices, gathered.formats, watching);
      const { id, changedSince } = outcome;
      restart();
      void forgetBatches(gathered.batches, Date.now());
      const done = tn("import.done", outcome.added + outcome.changed);
      const alone = changedSince.length > 0 ? tn("import.left-alone", changedSince.length) : "";
      say({
        tone: alone ? "warn" : "done",
        sentence: formatSentences([id === null ? t("import.done-none") : done, alone]),
        ...(id && { action: { label: t("action.undo"), onChoose: () => void undo(id) } }),
      });
      return null;
    } catch {
      return t(watching.signal.aborted ? "import.stopped" : "keep.failed");
    }
  };

  if (step.kind === "found")
    return (
      <section class="page-section">
        <Found
          accounts={step.accounts}
          failures={step.failures}
          vault={vault}
          onKept={(sentence) => {
            say({ tone: "done", sentence });
            restart();
          }}
          onCancel={() => restart()}
        />
      </section>
    );
  if (step.kind === "preview")
    return (
      <section class="page-section">
        <Preview
          items={step.items}
          from={formatNames(step.gathered.formats)}
          remarks={[...remarksOf(step.gathered), ...step.failures]}
          vault={vault}
          onImport={(choices, watching) => keep(choices, watching, step.gathered)}
          onCancel={() => restart()}
        />
      </section>
    );
  if (step.kind === "locked") {
    const [file, ...rest] = step.files;
    if (!file) return null;
    return (
      <section class="page-section">
        <OpenLocked
          key={rest.length}
          file={file}
          isOnly={rest.length + step.sofar.read.length + step.sofar.failed.length === 0}
          onOpened={(read) => void goOn({ ...step.sofar, read: [...step.sofar.read, read] }, rest)}
          onSkip={() => void goOn(step.sofar, rest)}
        />
      </section>
    );
  }
  if (step.kind === "reading")
    return (
      <section class="page-section">
        <p role="status">{t("import.reading", { files: step.names })}</p>
        <div>
          <button type="button" class="button" onClick={() => stop.current.abort()}>
            {t("import.stop")}
          </button>
        </div>
      </section>
    );
  const why = step.failed.map((file) => file.why).findLast(isScanFailure);
  return (
    <section class="page-section">
      <p class="dim">{t("image.why")}</p>
      {wasUnfinished && (
        <div class="notice boxed warn">
          <Glyph name="warn" />
          <span>{t("import.closed-unfinished")}</span>
        </div>
      )}
      <ChooseFiles onFiles={(files) => void choose(files)} />
      {step.failed.map((file) => (
        // What is wrong with a picture is said below, once.
        <p key={file.name} class="problem" role={why ? undefined : "alert"}>
          {failedFileText(file)}
        </p>
      ))}
      {why && (
        <ScanExplanation
          why={why}
          way="picture"
          tab={null}
          onCorrected={(item) =>
            setStep({ kind: "found", accounts: { items: [item], remarks: [], batches: [] }, failures: [] })
          }
          actions={{}}
        />
      )}
      <HowToExport />
      <PastImports vault={vault} onUndo={(past) => undo(past.id)} />
    </section>
  );
}

function isScanFailure(why: FailedFile["why"]): why is ScanFailure {
  return typeof why === "object";
}

/** A picture or an address of one account is looked at in full, as what a scan finds is; null for everything else. */
function singleAccount(reads: readonly OneRead[], gathered: Gathered): FoundAccounts | null {
  const [only, ...more] = gathered.drafts;
  const isPlain = reads.every(({ format }) => format === null || format === "otpauth-list");
  if (!only || more.length + gathered.rejected.length > 0 || !isPlain) return null;
  const items = [{ draft: only.draft, notices: only.notices.map(noticeText) }];
  return { items, remarks: remarksOf(gathered), batches: gathered.batches };
}
