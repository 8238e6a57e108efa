import { useEffect, useState } from "preact/hooks";
import { can } from "../../../../shared/group/permissions.ts";
import { ok } from "../../../../shared/result.ts";
import type { GroupView } from "../../../groups/group-view.ts";
import { Choice } from "../../../ui/choice.tsx";
import { actRefusalText } from "../../../ui/group-text.ts";
import { formatList, t, tn } from "../../../ui/i18n.ts";
import type { ToastContent } from "../../../ui/toast.tsx";
import type { IndexRow } from "../../../vault/index-row.ts";
import { placeAndSay } from "./place-and-say.ts";
import { NO_PLACES, ownPlaceAt, type Places, readPlaces } from "./places.ts";

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
  const [{ groups, servers }, setPlaces] = useState<Places>(NO_PLACES);
  const [wanted, setWanted] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    // A vault that was locked meanwhile shows by itself.
    readPlaces().then(setPlaces, () => {});
  }, []);
  const from = new Set(rows.map(({ group }) => group ?? ONLY_ME));
  const places = [
    { value: ONLY_ME, label: t("place.only-me") },
    ...servers.map(({ value, host }) => ({ value, label: t("place.all-mine-at", { host }) })),
    ...groups.filter(({ isPersonal }) => !isPersonal).map(({ g, name }) => ({ value: g, label: name })),
  ];
  // Where they are all already is no place to go to, unless it is the only one that is known.
  const others = places.filter(({ value }) => from.size > 1 || !from.has(value));
  const to = others.find(({ value }) => value === wanted)?.value ?? others[0]?.value ?? ONLY_ME;
  const group = groups.find(({ g }) => g === to) ?? null;
  const own = servers.find(({ value }) => value === to) ?? null;
  const isFromMine = groups.some(({ g, isPersonal }) => isPersonal && from.has(g));
  const place = async (how: "move" | "copy") => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const isDone = await put(how).finally(() => setBusy(false));
    if (isDone) props.onClose();
  };
  const put = async (how: "move" | "copy"): Promise<boolean> => {
    const there = own === null ? ok(group) : await ownPlaceAt(own.serverId);
    if (there.ok) return placeAndSay(rows, { to: there.value, how }, say);
    setProblem(actRefusalText(there.error, own?.host ?? ""));
    return false;
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
      <p role="status">
        {own !== null ? t("place.all-mine-what", { host: own.host }) : readersText(group, { isFromMine })}
      </p>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {group !== null && own === null && <p class="small dim">{t("place.for-good")}</p>}
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

function readersText(group: GroupView | null, { isFromMine }: { readonly isFromMine: boolean }): string {
  if (group === null) return t(isFromMine ? "place.from-mine" : "place.mine");
  const readers = group.people.filter(({ role, isMe }) => !isMe && can(role, "use-codes"));
  if (readers.length === 0) return t("place.nobody-else", { group: group.name });
  const names = readers.map(({ email }) => (email === "" ? t("place.somebody") : email));
  return tn("place.readers", readers.length, { group: group.name, names: formatList(names) });
}
