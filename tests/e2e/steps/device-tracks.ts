import type { Page } from "playwright-core";

/**
 * Notes every track that a page gets of a camera or a screen, so that a test can ask what has become of it. To be called
 * before the page asks for any.
 */
export async function noteTracks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(globalThis, { notedTracks: tracks });
    for (const name of ["getUserMedia", "getDisplayMedia"] as const) {
      const original = navigator.mediaDevices[name].bind(navigator.mediaDevices);
      navigator.mediaDevices[name] = async (options?: object) => {
        const stream = await original(options);
        tracks.push(...stream.getTracks());
        return stream;
      };
    }
  });
}

/** "live" or "ended" for each track so far. */
export function trackStates(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (globalThis as unknown as { notedTracks: MediaStreamTrack[] }).notedTracks.map(
      ({ readyState }) => readyState,
    ),
  );
}
