import { useEffect, useState } from "preact/hooks";
import type { Entry } from "../../../../shared/otp/entry.ts";
import { shortName } from "../../../ui/entry-name.ts";
import { t, tn } from "../../../ui/i18n.ts";
import { IssuerMark } from "../../../ui/issuer-marks/issuer-mark.tsx";
import { LiveCode } from "../../../ui/live-code.tsx";
import { readEntry } from "../../../vault/entries.ts";
import type { IndexRow } from "../../../vault/index-row.ts";

/** What is kept, the first one with its code running: that it works is to be seen. */
export function KeptAccounts({ rows }: { rows: readonly IndexRow[] }) {
  const [first] = rows;
  const [entry, setEntry] = useState<Entry | null>(null);
  useEffect(() => {
    if (first) void readEntry(first.id).then((read) => setEntry(read.ok ? read.value : null));
  }, [first?.id]);
  if (!first) return null;
  return (
    <>
      <div class="welcome-kept">
        <IssuerMark
          issuer={first.issuer}
          account={first.account}
          sites={first.sites}
          icon={entry?.icon ?? null}
          size={40}
        />
        <span class="row-names grow">
          <span class="row-issuer">{shortName(first)}</span>
          {first.issuer && <span class="row-account">{first.account}</span>}
        </span>
        <div class="welcome-code">{entry && <LiveCode parameters={entry} />}</div>
      </div>
      {rows.length > 1 && <p class="dim">{tn("welcome.kept-more", rows.length - 1)}</p>}
      <p>{t("welcome.kept-next")}</p>
    </>
  );
}
