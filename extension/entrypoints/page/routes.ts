import type { MessageKey } from "../../ui/i18n.ts";

/** What the full page can show; `page.html#/id` leads there. */
export interface Route {
  readonly title: MessageKey;
  /** The entry of the navigation that it belongs to; null: it has a window to itself, without navigation. */
  readonly under: RouteId | null;
  /**
   * What it can't do without. "nothing": it also helps where the vault is locked. "unlocked": a vault that is locked asks
   * for its passphrase first. "openable": there is nothing to be seen either where nobody can open the vault.
   */
  readonly needs: "nothing" | "unlocked" | "openable";
}

export const ROUTE_IDS = [
  "codes",
  "duplicates",
  "image",
  "teams",
  "group",
  "reenrol",
  "factors",
  "kit",
  "backup",
  "export",
  "trash",
  "data",
  "anew",
  "settings",
  "help",
  "sheet",
  "area",
  "camera",
  "screen",
  "welcome",
] as const;
export type RouteId = (typeof ROUTE_IDS)[number];

export const ROUTES: Readonly<Record<RouteId, Route>> = {
  codes: { title: "page.codes", under: "codes", needs: "openable" },
  duplicates: { title: "page.duplicates", under: "codes", needs: "openable" },
  image: { title: "page.image", under: "backup", needs: "openable" },
  teams: { title: "page.teams", under: "teams", needs: "unlocked" },
  group: { title: "page.group", under: "teams", needs: "unlocked" },
  reenrol: { title: "page.reenrol", under: "teams", needs: "unlocked" },
  factors: { title: "page.factors", under: "teams", needs: "unlocked" },
  kit: { title: "page.kit", under: null, needs: "unlocked" },
  backup: { title: "page.backup", under: "backup", needs: "unlocked" },
  export: { title: "page.export", under: "backup", needs: "openable" },
  trash: { title: "page.trash", under: "trash", needs: "openable" },
  data: { title: "page.data", under: "data", needs: "unlocked" },
  anew: { title: "page.anew", under: "data", needs: "nothing" },
  settings: { title: "page.settings", under: "settings", needs: "unlocked" },
  help: { title: "page.help", under: "help", needs: "nothing" },
  sheet: { title: "page.sheet", under: null, needs: "openable" },
  area: { title: "page.area", under: null, needs: "openable" },
  camera: { title: "page.camera", under: null, needs: "openable" },
  screen: { title: "page.screen", under: null, needs: "openable" },
  welcome: { title: "page.welcome", under: null, needs: "openable" },
};

/** The navigation, from top to bottom. */
export const NAVIGATION: readonly RouteId[] = [
  "codes",
  "teams",
  "backup",
  "trash",
  "data",
  "settings",
  "help",
];

const FIRST: RouteId = "codes";

/** @param hash of the address, e.g. "#/trash" */
export function routeOf(hash: string): RouteId {
  const [name] = hash.replace(/^#\//, "").split("?");
  return ROUTE_IDS.find((route) => route === name) ?? FIRST;
}
