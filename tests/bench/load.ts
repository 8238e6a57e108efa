import { loadavg } from "node:os";

/** What else the machine was doing: numbers from under another load are not to be compared. */
export function loadLine(): string {
  const loads = loadavg().map((load) => load.toFixed(1));
  return `Load of the machine at the end: ${loads.join(" ")}`;
}
