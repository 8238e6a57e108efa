import { render } from "preact";
import { clearOnTime } from "../../clipboard/clear-later.ts";
import { takeIntent } from "../../intents/intent.ts";
import { startPage } from "../../screens/start-page.ts";
import { takeFirstLook } from "../../vault/first-look.ts";
import { loadFirstView } from "./first-view.ts";
import { Popup } from "./popup.tsx";

/** How long the first frame is waited for at most, in milliseconds: a document that nobody sees gets none. */
const LONGEST_MS = 60;

// What is drawn first is read before anything is drawn, all at once: one painting, with codes in it.
const surface = new URLSearchParams(location.search).has("window") ? "window" : "popup";
if (surface === "window") document.body.classList.add("in-window");
const framed = firstFrame();
const preferences = startPage();
const intent = takeIntent(Date.now());
const sortBy = preferences.then((chosen) => chosen.sortBy);
const firstView = await loadFirstView(intent, sortBy, surface === "window", takeFirstLook());
await framed;
const root = document.getElementById("root");
if (!root) throw new Error("the popup has no root");
render(
  <Popup surface={surface} firstView={firstView} intent={await intent} preferences={await preferences} />,
  root,
);
clearOnTime();

/**
 * Waits for the first, empty frame of the popup. It takes as long to the screen as an empty popup takes altogether, and is
 * on its way there while the list is drawn: drawn before it, the codes would come later.
 */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() => {
      // A message sent while a frame is made arrives once that frame is done.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}
