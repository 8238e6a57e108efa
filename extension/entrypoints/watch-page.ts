import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { watchPage } from "../autofill/watch-page.ts";
import { onStop, ring } from "../messaging/ring.ts";

/**
 * In the pages of a site that fills by itself, and only there: in the isolated world of the top frame, put there by the
 * browser (a registered script) or, where a page was open already, by the worker. It holds no code and no secret, and
 * can do no more than ring.
 */
export default defineUnlistedScript(() => {
  const world = globalThis as { __countersignWatch?: AbortController };
  // Both ways may lead into one page.
  if (world.__countersignWatch !== undefined) return;
  const controller = new AbortController();
  world.__countersignWatch = controller;
  controller.signal.addEventListener("abort", () => delete world.__countersignWatch, { once: true });
  onStop(controller.signal, () => controller.abort());
  watchPage(document, ring, controller);
});
