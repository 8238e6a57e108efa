import { render } from "preact";
import { startPage } from "../../screens/start-page.ts";
import { vaultState } from "../../vault/state.ts";
import { Page } from "./page.tsx";

const [preferences, vault] = await Promise.all([startPage(), vaultState()]);
const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
render(<Page preferences={preferences} vault={vault} />, root);
