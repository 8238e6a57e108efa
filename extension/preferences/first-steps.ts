import * as z from "zod/mini";
import { localItem } from "../platform/local-storage.ts";

/** The first steps, in their order: what this is, the first account, passphrase and backup. */
export const FIRST_STEPS = ["what", "account", "safety"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

const item = localItem("first-steps", z.enum(FIRST_STEPS));

/** How far somebody came who has not finished; null: never begun, or done with them. */
export function readFirstStep(): Promise<FirstStep | null> {
  return item.get();
}

export function rememberFirstStep(step: FirstStep): Promise<void> {
  return item.set(step);
}

/** They are finished. */
export function forgetFirstStep(): Promise<void> {
  return item.remove();
}
