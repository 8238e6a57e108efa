import { defineBackground } from "wxt/utils/define-background";
import { listen } from "../worker/listen.ts";

// All listeners are registered synchronously: the worker may have been started for the very event they wait for.
export default defineBackground({ type: "module", main: listen });
