import * as z from "zod/mini";
import { bytesToBase64 } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { siteOfUrl } from "../../shared/site.ts";
import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { sessionItem } from "../platform/session-storage.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { type CaptureFailure, captureTabUrl } from "./capture-tab.ts";
import { dataUrlToPixels } from "./image-pixels.ts";

/** storage.session holds ten megabytes in all; the rest is for the key and what waits beside it. */
const MOST_CHARS = 7_000_000;
/** Qualities at which a picture that does not fit as it is gets another try; codes survive all of them. */
const JPEG_QUALITIES = [0.92, 0.75, 0.5] as const;
/** Milliseconds after which a picture nobody came for is dropped. */
const FRESH_MS = 60_000;

/** Goes off once a picture is stale; its listener calls dropStaleAreaPicture. */
export const AREA_PICTURE_ALARM = "area-picture-stale";
const LOCK = "countersign-area-picture";

const pictureSchema = z.object({
  /** The page as it looked, in device pixels. */
  dataUrl: z.string().check(z.maxLength(MOST_CHARS)),
  /** The site that codes in it are remembered with (see siteOfUrl). */
  site: z.nullable(z.string()),
  /** Milliseconds since 1970 UTC. */
  at: z.number(),
});

/** The picture of a page in which the person draws an area. */
export type AreaPicture = z.infer<typeof pictureSchema>;

/**
 * In session memory, for the moments between the popup, which may capture the page and dies, and the window in which the
 * person draws: the picture shows whatever the page showed, a secret among it.
 */
const item = sessionItem("area-picture", pictureSchema);

/**
 * Takes a picture of the tab and leaves it for the window that is about to open.
 *
 * @param tab one that activeTab was granted on
 * @param now milliseconds since 1970 UTC
 */
export async function leaveAreaPicture(
  tab: TabInfo,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<Result<null, CaptureFailure>> {
  const shot = await captureTabUrl(tab, signal);
  if (!shot.ok) return shot;
  const dataUrl = shot.value.length <= MOST_CHARS ? shot.value : await asSmallerFile(shot.value);
  if (dataUrl === null) return err({ reason: "capture-failed" });
  await setAlarm(AREA_PICTURE_ALARM, now + FRESH_MS);
  await item.set({ dataUrl, site: siteOfUrl(tab.url), at: now });
  return ok(null);
}

/** Takes the picture, at most once: it is gone from storage before anybody has it. @param now as above */
export async function takeAreaPicture(now: number): Promise<AreaPicture | null> {
  const picture = await navigator.locks.request(LOCK, async () => {
    const left = await item.get();
    await forget();
    return left;
  });
  return picture !== null && Math.abs(now - picture.at) <= FRESH_MS ? picture : null;
}

/**
 * Forgets a picture that nobody came for, or whose vault was locked meanwhile.
 *
 * @param before milliseconds since 1970 UTC; one that was left after that time still waits for its window
 */
export async function dropAreaPicture(before: number): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const left = await item.get();
    if (left !== null && left.at <= before) await forget();
  });
}

/** The same for one that nobody would be given any more. */
export function dropStaleAreaPicture(now: number): Promise<void> {
  return dropAreaPicture(now - FRESH_MS);
}

async function forget(): Promise<void> {
  await item.remove();
  await clearAlarm(AREA_PICTURE_ALARM);
}

/** The picture as a JPEG that fits into session memory; null where none does. */
async function asSmallerFile(url: string): Promise<string | null> {
  const pixels = await dataUrlToPixels(url);
  if (!pixels.ok) return null;
  const { data, width, height } = pixels.value;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  for (const quality of JPEG_QUALITIES) {
    const file = await canvas.convertToBlob({ type: "image/jpeg", quality });
    const smaller = `data:image/jpeg;base64,${bytesToBase64(new Uint8Array(await file.arrayBuffer()))}`;
    if (smaller.length <= MOST_CHARS) return smaller;
  }
  return null;
}
