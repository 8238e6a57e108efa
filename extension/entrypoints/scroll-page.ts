import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { furtherViews } from "../scan/page/show-further.ts";

/**
 * Put into the isolated world of a page on demand, by a scan that found nothing in view: two functions that further
 * injections call. Whatever an earlier scan left scrolled is put back first.
 */
export default defineUnlistedScript(() => {
  const world = globalThis as { __countersignFurther?: ReturnType<typeof furtherViews> };
  world.__countersignFurther?.end();
  world.__countersignFurther = furtherViews(window);
});
