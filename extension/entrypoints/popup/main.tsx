import { render } from "preact";
import { takeIntent } from "../../intents/intent.ts";
import { startPage } from "../../screens/start-page.ts";
import { loadFirstView } from "./first-view.ts";
import { Popup } from "./popup.tsx";

// What is drawn first is read before anything is drawn, all at once: one painting, with codes in it.
const inWindow = new URLSearchParams(location.search).has("window");
if (inWindow) document.body.classList.add("in-window");
const [preferences, intent] = await Promise.all([startPage(), takeIntent(Date.now())]);
const firstView = await loadFirstView(intent, preferences.sortBy, inWindow);
const root = document.getElementById("root");
if (!root) throw new Error("the popup has no root");
render(
  <Popup
    surface={inWindow ? "window" : "popup"}
    firstView={firstView}
    intent={intent}
    preferences={preferences}
  />,
  root,
);
