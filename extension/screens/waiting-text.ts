import type { Intent } from "../intents/intent.ts";
import { t } from "../ui/i18n.ts";

/** What goes on after unlocking, for whoever came here by a menu or a key. */
export function waitingText(intent: Intent): string {
  return t(intent.kind === "scan" ? "locked.then-scan" : "locked.then-fill");
}
