import { readFileSync } from "node:fs";

/**
 * Loaded before a server process (`node --import`), for tests in which days go by: its clock is ahead by as many milliseconds
 * as the file says that MOVED_CLOCK names. Timers are left alone.
 */
const { MOVED_CLOCK } = process.env;
if (MOVED_CLOCK === undefined) throw Error("MOVED_CLOCK names no file");
const file = MOVED_CLOCK;
const realNow = Date.now;
const now = () => realNow() + Number(readFileSync(file, "utf8"));

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
});
