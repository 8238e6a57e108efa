import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { readPage } from "../scan/page/read-page.ts";

/** Put into a page on demand by a scan; what it returns is the result of executeScript. */
export default defineUnlistedScript(() => readPage(window));
