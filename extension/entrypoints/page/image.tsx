import { useEffect, useState } from "preact/hooks";
import { decodeImageFile } from "../../scan/decode-image-file.ts";
import type { FoundCode, ScanFailure } from "../../scan/scan-outcome.ts";
import { readTextFile } from "../../screens/read-text-file.ts";
import type { ReviewItem } from "../../screens/review.tsx";
import { type FoundAccounts, foundAccounts } from "../../screens/review-items.ts";
import { ScanExplanation } from "../../screens/scan-explanation.tsx";
import { FileButton } from "../../ui/file-button.tsx";
import { t } from "../../ui/i18n.ts";
import { Glyph } from "../../ui/icons.tsx";
import { Found } from "./found.tsx";
import type { SectionProps } from "./section-props.ts";

type Step =
  | { kind: "choose" }
  | { kind: "reading" }
  | { kind: "found"; accounts: FoundAccounts; failures: readonly string[] }
  | { kind: "nothing"; why: ScanFailure; failures: readonly string[] };

/** Pictures of QR codes, opened, pasted or dropped; several at once, e.g. all codes of a Google export. */
export function ImagePage({ vault, say }: SectionProps) {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [over, setOver] = useState(false);

  const read = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setStep({ kind: "reading" });
    setStep(await readFiles(files));
  };
  // What was found stays until somebody is done with it: a passphrase that is pasted for it is no account.
  const takesPaste = step.kind === "choose" || step.kind === "nothing";
  useEffect(() => {
    if (!takesPaste) return;
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea")) return;
      const data = event.clipboardData;
      const text = data?.getData("text/plain") ?? "";
      const files = [...(data?.files ?? [])];
      if (files.length === 0 && text !== "") files.push(new File([text], t("image.pasted-text")));
      void read(files);
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, [takesPaste]);

  if (step.kind === "found")
    return (
      <section class="page-section">
        <Found
          accounts={step.accounts}
          failures={step.failures}
          vault={vault}
          onKept={(sentence) => {
            say({ tone: "done", sentence });
            setStep({ kind: "choose" });
          }}
          onCancel={() => setStep({ kind: "choose" })}
        />
      </section>
    );
  return (
    <section class="page-section">
      <p class="dim">{t("image.why")}</p>
      <div
        class={`drop ${over ? "over" : ""}`}
        role="group"
        aria-label={t("image.choose")}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <span class="big-glyph">
          <Glyph name="image" size={32} />
        </span>
        <FileButton
          text={step.kind === "reading" ? t("image.reading") : t("image.choose")}
          label={t("image.choose")}
          accept="image/*,text/plain,.txt"
          multiple
          tone="primary"
          onFiles={(files) => void read(files)}
        />
        <p class="dim">{t("image.or-drop")}</p>
      </div>
      {step.kind === "nothing" &&
        step.failures.map((failure) => (
          <p key={failure} class="problem">
            {failure}
          </p>
        ))}
      {step.kind === "nothing" && (
        <ScanExplanation
          why={step.why}
          way="picture"
          tab={null}
          onCorrected={(item) =>
            setStep({ kind: "found", accounts: { items: [item], remarks: [], batches: [] }, failures: [] })
          }
          actions={{}}
        />
      )}
    </section>
  );
}

/** Reads all files; one that gives nothing is named and does not stop the others. */
async function readFiles(files: readonly File[]): Promise<Step> {
  const stop = new AbortController();
  const found: FoundCode[] = [];
  const listed: ReviewItem[] = [];
  const failures: string[] = [];
  let why: ScanFailure = { reason: "nothing-found" };
  let isComplete = true;
  for (const file of files) {
    const text = await readTextFile(file);
    if (text) {
      listed.push(...text.items);
      failures.push(...text.remarks);
      continue;
    }
    const outcome = await decodeImageFile(file, { signal: stop.signal });
    if (outcome.kind === "found") {
      found.push(...outcome.found);
      isComplete &&= outcome.isComplete;
    } else {
      why = outcome.why;
      failures.push(t("image.nothing-in", { file: file.name || t("image.pasted") }));
    }
  }
  if (found.length + listed.length === 0) return { kind: "nothing", why, failures };
  const accounts = await foundAccounts(found, isComplete, Date.now());
  return { kind: "found", accounts: { ...accounts, items: [...listed, ...accounts.items] }, failures };
}
