/** The one import of the browser's API: everything else asks this file, so tests can stand in for it in one place. */
import browser from "webextension-polyfill";

export { browser };
