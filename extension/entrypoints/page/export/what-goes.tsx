import { useState } from "preact/hooks";
import type { LostField } from "../../../../shared/formats/format.ts";
import type { ExportPreview } from "../../../export/preview-export.ts";
import { fullName } from "../../../ui/entry-name.ts";
import { t, tn } from "../../../ui/i18n.ts";
import type { NamedEntry } from "../../../vault/index-row.ts";
import { Caution } from "./caution.tsx";
import { leftOutText, lossText, lostFieldText } from "./export-text.ts";

/** So many accounts are listed one by one; more are put together by what they lose, and listed where that is opened. */
const MOST_ONE_BY_ONE = 60;

/**
 * What goes along whole, what loses something, and what stays, account by account.
 *
 * @param props.shared how many of those that go along a group shares
 */
export function WhatGoes({ preview, shared }: { preview: ExportPreview; shared: number }) {
  const { whole, losses, leftOut } = preview;
  return (
    <>
      {preview.counted > 0 && <Caution>{tn("export.counted", preview.counted)}</Caution>}
      {shared > 0 && <Caution>{tn("export.shared", shared)}</Caution>}
      {leftOut.length > 0 && (
        <Listed
          title={t("export.staying")}
          all={leftOut.map((item) => ({ named: item.named, text: leftOutText(item) }))}
          groups={groupBy(leftOut, (item) => [leftOutText(item)])}
        />
      )}
      {losses.length > 0 && (
        <Listed
          title={t("export.losing")}
          all={losses.map(({ named, fields }) => ({ named, text: lossText(fields) }))}
          groups={groupBy(losses, ({ fields }): readonly LostField[] => fields).map(({ what, names }) => ({
            what: t("export.loses", { fields: lostFieldText(what) }),
            names,
          }))}
        />
      )}
      {preview.inTrash > 0 && whole + losses.length > 0 && (
        <p class="dim">{tn("export.in-trash", preview.inTrash)}</p>
      )}
    </>
  );
}

type Group<What = string> = { readonly what: What; readonly names: readonly NamedEntry[] };

function Listed(props: {
  title: string;
  all: readonly { readonly named: NamedEntry; readonly text: string }[];
  groups: readonly Group[];
}) {
  return (
    <div class="stack tight">
      <h3>{props.title}</h3>
      {props.all.length <= MOST_ONE_BY_ONE ? (
        <ul class="plain-list export-list">
          {props.all.map(({ named, text }) => (
            <li key={named.id}>
              <span>{fullName(named)}</span>
              <span class="dim">{text}</span>
            </li>
          ))}
        </ul>
      ) : (
        props.groups.map((group) => <OpenedGroup key={group.what} group={group} />)
      )}
    </div>
  );
}

/** Thousands of names are only drawn for whoever wants to read them. */
function OpenedGroup({ group }: { group: Group }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("export.group-count", { what: group.what, count: group.names.length })}</summary>
      {open && (
        <ul class="plain-list export-list">
          {group.names.map((named) => (
            <li key={named.id}>{fullName(named)}</li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** What has the same, together, in the order in which it comes first. */
function groupBy<Item extends { readonly named: NamedEntry }, What>(
  items: readonly Item[],
  whatsOf: (item: Item) => readonly What[],
): Group<What>[] {
  const groups = new Map<What, NamedEntry[]>();
  for (const item of items) {
    for (const what of whatsOf(item)) groups.set(what, [...(groups.get(what) ?? []), item.named]);
  }
  return [...groups].map(([what, names]) => ({ what, names }));
}
