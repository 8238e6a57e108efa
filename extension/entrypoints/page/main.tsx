import { render } from "preact";
import { clearOnTime } from "../../clipboard/clear-later.ts";
import { takeIntent } from "../../intents/intent.ts";
import { startPage } from "../../screens/start-page.ts";
import { vaultState } from "../../vault/state.ts";
import { Page } from "./page.tsx";
import { UNLOCK_PASSKEY_HASH, UnlockPasskey } from "./unlock-passkey.tsx";

const [preferences, vault] = await Promise.all([startPage(), vaultState()]);
const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
if (location.hash === UNLOCK_PASSKEY_HASH) {
  // Looks like the popup that it stands in for.
  document.body.className = "popup in-window";
  const intent = await takeIntent(Date.now());
  render(<UnlockPasskey vault={vault} intent={intent} />, root);
} else {
  render(<Page preferences={preferences} vault={vault} />, root);
}
clearOnTime();
