import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { fillPage, probePage } from "../autofill/page-fill.ts";
import { fillByItself, lookByItself } from "../autofill/page-own-fill.ts";

/**
 * Injected on demand into the isolated world of a frame, where the page's own scripts cannot reach it: functions that
 * a second injection calls. It listens to nothing, draws nothing, and is handed one code, never a secret.
 */
export default defineUnlistedScript(() => {
  Object.assign(globalThis, {
    __countersignFill: { probe: probePage, fill: fillPage, lookByItself, fillByItself },
  });
});
