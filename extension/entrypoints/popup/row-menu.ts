import { t } from "../../ui/i18n.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import type { IndexRow } from "../../vault/index-row.ts";
import type { RowCommand } from "./list-keys.ts";

const MENU_COMMANDS = ["press", "copy", "copy-next", "pin", "up", "down", "edit", "trash"] as const;

/** What the menu of a row offers; filling only where there is a page to fill. */
export function menuItems(
  row: IndexRow,
  hasSite: boolean,
  choose: (command: RowCommand) => void,
): MenuItem[] {
  const labels: Record<(typeof MENU_COMMANDS)[number], { label: string; keys?: string }> = {
    press: { label: t(hasSite ? "row.fill" : "row.copy"), keys: "Enter" },
    copy: { label: t("row.copy"), keys: "Ctrl+C" },
    "copy-next": { label: t("row.copy-next") },
    pin: { label: t(row.pinned ? "row.unpin" : "row.pin"), keys: "Alt+P" },
    up: { label: t("row.up"), keys: "Alt+↑" },
    down: { label: t("row.down"), keys: "Alt+↓" },
    edit: { label: t("row.edit"), keys: "Alt+E" },
    trash: { label: t("row.trash") },
  };
  return MENU_COMMANDS.filter(
    (what) => !(what === "press" && !hasSite) && !(what === "copy-next" && row.type === "hotp"),
  ).map((what) => ({
    ...labels[what],
    ...(what === "trash" ? { tone: "danger" as const } : {}),
    onChoose: () => choose(what),
  }));
}
