import type { ComponentChildren } from "preact";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { shortName } from "./entry-name.ts";
import { t } from "./i18n.ts";
import { LiveCode } from "./live-code.tsx";
import { parametersText } from "./parameters-text.ts";

/**
 * An account as a scan or a file gave it, before it is kept: names, parameters, a live code, and what is here already.
 *
 * @param props.existing what is here already, as a sentence, or null
 * @param props.notices sentences about what was assumed
 */
export function DraftCard(props: {
  draft: EntryDraft;
  mark: ComponentChildren;
  existing: string | null;
  notices: readonly string[];
  tick: { readonly ticked: boolean; readonly onTick: (ticked: boolean) => void } | null;
}) {
  const { draft, tick } = props;
  const name = shortName(draft);
  const sites = draft.sites?.length ? [t("draft.site", { site: draft.sites.join(", ") })] : [];
  const head = (
    <>
      {props.mark}
      <span class="row-names grow">
        {/* In full, however long: this is the moment to see whose account it is. */}
        <span class="row-issuer">{name}</span>
        {draft.issuer && draft.account && <span class="row-account">{draft.account}</span>}
      </span>
    </>
  );
  return (
    <article class="draft">
      {tick ? (
        <label class="line">
          <input
            type="checkbox"
            checked={tick.ticked}
            onChange={(event) => tick.onTick(event.currentTarget.checked)}
          />
          {head}
        </label>
      ) : (
        <div class="line">{head}</div>
      )}
      <LiveCode parameters={draft} />
      <p class="small dim parameters">{[parametersText(draft), ...sites].join(" · ")}</p>
      {props.existing !== null && <p class="small draft-existing">{props.existing}</p>}
      {props.notices.map((notice) => (
        <p key={notice} class="small draft-notice">
          {notice}
        </p>
      ))}
    </article>
  );
}
