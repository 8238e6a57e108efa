import { useState } from "preact/hooks";
import type { TabInfo } from "../platform/tabs.ts";
import { t } from "../ui/i18n.ts";
import type { FailureSubject } from "./failure-report.ts";
import { FailureReportText } from "./failure-report-text.tsx";

/** "It did not work here", at the end of an explanation: opens the description in place. */
export function FailureReportLink(props: { subject: FailureSubject; tab: TabInfo | null }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="stack tight">
      <div>
        <button
          type="button"
          class="button plain report-link"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("report.link")}
        </button>
      </div>
      {open && <FailureReportText subject={props.subject} tab={props.tab} />}
    </div>
  );
}
