import { useEffect } from "preact/hooks";

/** After the first codes were painted. A popup is open for seconds, and some of them are needed. */
const SOON_MS = 400;
/** A page that stays open for days. */
const AGAIN_MS = 60 * 60 * 1000;

/** Makes a backup that is due, while the vault is unlocked, beside the page. Loaded after what is here was drawn. */
export function useDueBackup(isUnlocked: boolean): void {
  useEffect(() => {
    if (!isUnlocked) return;
    const look = () =>
      void import("../backup/automatic/make-backup.ts").then(({ makeBackup }) => makeBackup("if-due"));
    const first = setTimeout(look, SOON_MS);
    const again = setInterval(look, AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [isUnlocked]);
}
