import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { leaveFirstLook, lookFirst } from "../vault/first-look.ts";

/** Runs in the popup before its other scripts are there: the database takes as long to open as they take to load. */
export default defineUnlistedScript(() => leaveFirstLook(lookFirst()));
