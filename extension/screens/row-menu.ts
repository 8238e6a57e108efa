import { t } from "../ui/i18n.ts";
import { chordText } from "../ui/key-chord.ts";
import type { MenuItem } from "../ui/menu.tsx";
import type { IndexRow } from "../vault/index-row.ts";
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
  "trash",
] as const;

/**
 * What the menu of a row offers; filling only where there is a page to fill.
 *
 * @param autoSite whether the page's site fills this account in by itself; null where it can't
 */
export function menuItems(
  row: IndexRow,
  hasSite: boolean,
  autoSite: "on" | "off" | null,
  choose: (command: RowCommand) => void,
): MenuItem[] {
  const labels: Record<(typeof MENU_COMMANDS)[number], string> = {
    press: t(hasSite ? "row.fill" : "row.copy"),
    copy: t("row.copy"),
    "copy-next": t("row.copy-next"),
    "auto-site": t(autoSite === "on" ? "row.auto-off" : "row.auto-on"),
    pin: t(row.pinned ? "row.unpin" : "row.pin"),
    up: t("row.up"),
    down: t("row.down"),
    edit: t("row.edit"),
    trash: t("row.trash"),
  };
  return MENU_COMMANDS.filter(
    (what) =>
      !(what === "press" && !hasSite) &&
      !(what === "copy-next" && row.type === "hotp") &&
      !(what === "auto-site" && autoSite === null),
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
