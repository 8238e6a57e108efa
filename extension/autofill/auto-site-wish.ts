import * as z from "zod/mini";
import { addAutoSite, autoSiteOrigin } from "./auto-sites.ts";
import { giveBackUnlisted } from "./other-permissions.ts";
import { originPattern, type PermissionAnswer, permissionWish } from "./permission-wish.ts";

const wishSchema = z.object({ origin: z.string(), entryId: z.string(), at: z.number() });

const wish = permissionWish("auto-site", wishSchema, "at-least-once");

/**
 * Asks for the permission of one origin, then has it filled by itself. To be called within the click.
 *
 * @param origin as autoSiteOrigin gives it
 * @returns what was answered; in most browsers the popup that asks does not live to hear it. Throws where the site could
 *   not be kept: the permission is given back then
 */
export function requestAutoSite(origin: string, entryId: string): Promise<PermissionAnswer> {
  if (autoSiteOrigin(origin) !== origin) throw Error("not an origin that may be asked for");
  return wish.ask({ origin, entryId, at: Date.now() }, async (answer) => {
    if (answer === "granted") await addOrGiveBack(origin, entryId);
    return answer;
  });
}

/**
 * Puts the site that was asked for on the list, in the worker, where the page that asked did not live to do it. Called
 * at each start too: a worker that ended in the middle is made up for. Where the disk is full, the permission goes back,
 * and the next popup says that nothing was changed.
 */
export async function addGrantedAutoSite(): Promise<void> {
  await wish.doGranted(Date.now(), ({ origin, entryId }) => addOrGiveBack(origin, entryId)).catch(() => {});
}

/** A permission that nothing lists would stay for good. */
async function addOrGiveBack(origin: string, entryId: string): Promise<void> {
  try {
    await addAutoSite(origin, entryId, Date.now());
  } catch (error) {
    await giveBackUnlisted([originPattern(origin)]);
    throw error;
  }
}

/** Takes what was declined after the page that asked had died; whoever opens next says so. */
export function takeDeclinedAutoSite(now: number): Promise<{ origin: string } | null> {
  return wish.takeDeclined(now);
}
