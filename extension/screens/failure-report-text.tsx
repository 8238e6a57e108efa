import { useEffect, useState } from "preact/hooks";
import { writeClipboard } from "../platform/clipboard.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { announce } from "../ui/announcer.tsx";
import { t } from "../ui/i18n.ts";
import { describeFailure, type FailureSubject } from "./failure-report.ts";

/** The description of a failure, to be read first and then copied by a press. */
export function FailureReportText(props: { subject: FailureSubject; tab: TabInfo | null }) {
  const [text, setText] = useState<string | null>(null);
  const [copied, setCopied] = useState<"not-yet" | "done" | "refused">("not-yet");
  useEffect(() => {
    void describeFailure(props.subject, props.tab).then(setText);
  }, [props.subject, props.tab]);
  if (text === null) return null;
  const copy = async () => {
    const done = await writeClipboard(text);
    setCopied(done ? "done" : "refused");
    announce(t(done ? "report.copied" : "copy.refused.clipboard-refused"));
  };
  return (
    <div class="stack tight">
      <p class="small dim">{t("report.why")}</p>
      <pre class="report mono" lang="en">
        {text}
      </pre>
      <div class="line wrap">
        <button type="button" class="button" onClick={() => void copy()}>
          {t("report.copy")}
        </button>
        {copied !== "not-yet" && (
          <span class="small dim">
            {t(copied === "done" ? "report.copied" : "copy.refused.clipboard-refused")}
          </span>
        )}
      </div>
    </div>
  );
}
