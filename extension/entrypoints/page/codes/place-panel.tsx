import { useEffect, useState } from "preact/hooks";
import { can } from "../../../../shared/group/permissions.ts";
import { type GroupView, readGroups } from "../../../groups/group-view.ts";
import { Choice } from "../../../ui/choice.tsx";
import { formatList, t, tn } from "../../../ui/i18n.ts";
import type { ToastContent } from "../../../ui/toast.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import { placeAndSay } from "./place-and-say.ts";

/** What stands for "only me" among the groups' ids. */
const ONLY_ME = "only-me";

/**
 * Puts the chosen entries into a group, or takes them out of one: says who will be able to use and copy them before it is
 * done.
 */
export function PlacePanel(props: {
  rows: readonly IndexRow[];
  say: (content: ToastContent) => void;
  onClose: () => void;
}) {
  const { rows, say } = props;
  const [groups, setGroups] = useState<readonly GroupView[]>([]);
  const [wanted, setWanted] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // A vault that was locked meanwhile shows by itself.
    readGroups().then(
      (all) =>
        setGroups(
          all.filter(({ state, role }) => state === "in" && role !== null && can(role, "change-records")),
        ),
      () => {},
    );
  }, []);
  const from = new Set(rows.map(({ group }) => group ?? ONLY_ME));
  const places = [
    { value: ONLY_ME, label: t("place.only-me") },
    ...groups.map(({ g, name }) => ({ value: g, label: name })),
  ];
  // Where they are all already is no place to go to, unless it is the only one that is known.
  const others = places.filter(({ value }) => from.size > 1 || !from.has(value));
  const to = others.find(({ value }) => value === wanted)?.value ?? others[0]?.value ?? ONLY_ME;
  const group = groups.find(({ g }) => g === to) ?? null;
  const place = async (how: "move" | "copy") => {
    if (busy) return;
    setBusy(true);
    const isDone = await placeAndSay(rows, { to: group, how }, say).finally(() => setBusy(false));
    if (isDone) props.onClose();
  };
  return (
    <div
      class="texts-panel"
      role="group"
      aria-label={t("many.place")}
      aria-busy={busy}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <Choice label={t("place.to")} value={to} choices={others} onChoose={setWanted} />
      <p role="status">{readersText(group)}</p>
      {group !== null && <p class="small dim">{t("place.for-good")}</p>}
      <div class="line wrap">
        <button
          type="button"
          class="button primary"
          disabled={busy || others.length === 0}
          onClick={() => void place("move")}
        >
          {t("place.move")}
        </button>
        <button
          type="button"
          class="button"
          disabled={busy || others.length === 0}
          onClick={() => void place("copy")}
        >
          {t("place.copy")}
        </button>
        <button type="button" class="button plain" onClick={props.onClose}>
          {t("action.close")}
        </button>
      </div>
    </div>
  );
}

function readersText(group: GroupView | null): string {
  if (group === null) return t("place.mine");
  const readers = group.people.filter(({ role, isMe }) => !isMe && can(role, "use-codes"));
  if (readers.length === 0) return t("place.nobody-else", { group: group.name });
  const names = readers.map(({ email }) => (email === "" ? t("place.somebody") : email));
  return tn("place.readers", readers.length, { group: group.name, names: formatList(names) });
}
