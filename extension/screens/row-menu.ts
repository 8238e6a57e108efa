import type { GroupLabels } from "../groups/group-labels.ts";
import { t } from "../ui/i18n.ts";
import { chordText } from "../ui/key-chord.ts";
import type { MenuItem } from "../ui/menu.tsx";
import type { IndexRow } from "../vault/index-row.ts";
import { mayChange } from "./group-of-row.ts";
import { chordOf, type RowCommand } from "./list-keys.ts";

const MENU_COMMANDS = [
  "press",
  "copy",
  "copy-next",
  "auto-site",
  "pin",
  "up",
  "down",
  "edit",
  "place",
  "trash",
] as const;

/** What a list knows beside the row, for its menu. */
export type MenuFacts = {
  /** Whether there is a page to fill. */
  readonly hasSite: boolean;
  /** Whether the page's site fills this account in by itself; null where it can't. */
  readonly autoSite: "on" | "off" | null;
  readonly groups: GroupLabels;
  /** Whether there is anywhere else to put it. */
  readonly hasPlaces: boolean;
};

/** What the menu of a row offers: filling only where there is a page to fill, and changing only to whoever may. */
export function menuItems(
  row: IndexRow,
  { hasSite, autoSite, groups, hasPlaces }: MenuFacts,
  choose: (command: RowCommand) => void,
): MenuItem[] {
  const isChangeable = mayChange(row, groups);
  const labels: Record<(typeof MENU_COMMANDS)[number], string> = {
    press: t(hasSite ? "row.fill" : "row.copy"),
    copy: t("row.copy"),
    "copy-next": t("row.copy-next"),
    "auto-site": t(autoSite === "on" ? "row.auto-off" : "row.auto-on"),
    pin: t(row.pinned ? "row.unpin" : "row.pin"),
    up: t("row.up"),
    down: t("row.down"),
    edit: t("row.edit"),
    place: t("row.place"),
    trash: t("row.trash"),
  };
  return MENU_COMMANDS.filter(
    (what) =>
      !(what === "press" && !hasSite) &&
      !(what === "copy-next" && row.type === "hotp") &&
      !(what === "auto-site" && autoSite === null) &&
      !(what === "place" && !hasPlaces) &&
      !((what === "edit" || what === "place" || what === "trash") && !isChangeable),
  ).map((what) => {
    const chord = chordOf(what);
    return {
      label: labels[what],
      ...(chord === null ? {} : { keys: chordText(chord) }),
      ...(what === "trash" ? { tone: "danger" as const } : {}),
      onChoose: () => choose(what),
    };
  });
}
