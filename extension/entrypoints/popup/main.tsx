import { render } from "preact";
import { clearOnTime } from "../../clipboard/clear-later.ts";
import { takeIntent } from "../../intents/intent.ts";
import { startPage } from "../../screens/start-page.ts";
import { loadFirstView } from "./first-view.ts";
import { Popup } from "./popup.tsx";

// What is drawn first is read before anything is drawn, all at once: one painting, with codes in it.
const surface = new URLSearchParams(location.search).has("window") ? "window" : "popup";
if (surface === "window") document.body.classList.add("in-window");
const preferences = startPage();
const intent = takeIntent(Date.now());
const sortBy = preferences.then((chosen) => chosen.sortBy);
const firstView = await loadFirstView(intent, sortBy, surface === "window");
const root = document.getElementById("root");
if (!root) throw new Error("the popup has no root");
render(
  <Popup surface={surface} firstView={firstView} intent={await intent} preferences={await preferences} />,
  root,
);
clearOnTime();
