import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { browser } from "./browser.ts";

/** What is needed to save files among the browser's downloads by oneself, and to know what became of them. */
const DOWNLOADS = { permissions: ["downloads" as const] };

export function mayDownload(): Promise<boolean> {
  return browser.permissions.contains(DOWNLOADS);
}

/** Asks for the permission; to be called first thing within the press. @returns whether it was given */
export function askForDownloads(): Promise<boolean> {
  return browser.permissions.request(DOWNLOADS).catch(() => false);
}

/** Gives the permission back; where the browser holds on to it, it stays. */
export async function giveBackDownloads(): Promise<void> {
  await browser.permissions.remove(DOWNLOADS).catch(() => false);
}

/** By what a download is known again. Firefox counts its ids anew at each start, so the place on the disk counts too. */
export type DownloadMark = {
  readonly id: number;
  /** The absolute path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
};

/** Between one look at a download and the next, and how long the looking goes on (milliseconds). */
const LOOK_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * Begins to save a file among the downloads, without a question and beside what has that name already.
 *
 * "refused": the browser does not let it begin
 */
export async function beginDownload(
  name: string,
  bytes: Bytes,
): Promise<Result<{ readonly id: number; readonly release: () => void }, "refused">> {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const release = () => URL.revokeObjectURL(url);
  try {
    const filename = name;
    const id = await browser.downloads.download({
      url,
      filename,
      conflictAction: "uniquify",
      saveAs: false,
    });
    return ok({ id, release });
  } catch {
    release();
    return err("refused");
  }
}

/** Waits for a download to end. "interrupted": it did not come to its end, or the browser knows nothing of it any more */
export async function finishDownload(id: number): Promise<Result<DownloadMark, "interrupted">> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const [item] = await browser.downloads.search({ id });
    if (item?.state === "complete") return ok({ id, path: item.filename, size: item.fileSize });
    if (item === undefined || item.state === "interrupted" || Date.now() > until) return err("interrupted");
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The download that is meant, if the browser still knows it and its file is where it was put. */
export async function findDownload(mark: DownloadMark): Promise<DownloadMark | null> {
  const isIt = (item: { filename: string; fileSize: number; state: string; exists: boolean }) =>
    item.filename === mark.path &&
    item.fileSize === mark.size &&
    item.state === "complete" &&
    item.exists !== false;
  const byId = (await browser.downloads.search({ id: mark.id })).find(isIt);
  const name = mark.path.split(/[\\/]/).at(-1) ?? mark.path;
  const found = byId ?? (await browser.downloads.search({ query: [name] })).find(isIt);
  return found === undefined ? null : { ...mark, id: found.id };
}

/** Deletes the file of a download, and takes it out of the browser's list. @returns whether the file is gone by that */
export async function removeDownload(id: number): Promise<boolean> {
  try {
    await browser.downloads.removeFile(id);
  } catch {
    return false;
  }
  await browser.downloads.erase({ id }).catch(() => []);
  return true;
}

/**
 * What became of a download that this extension began and heard no more of: its mark where it has come to its end as it
 * should; else it is ended, and nothing of it stays. One that is not ours is left alone: ids may have been given anew.
 *
 * @param begun.stem how its name begins
 * @param begun.size bytes that it has to have
 */
export async function settleDownload(begun: {
  readonly id: number;
  readonly stem: string;
  readonly size: number;
}): Promise<DownloadMark | null> {
  const { id, stem, size } = begun;
  const [item] = await browser.downloads.search({ id });
  const name = item?.filename.split(/[\\/]/).at(-1) ?? "";
  if (item === undefined || item.byExtensionId !== browser.runtime.id || !name.startsWith(stem)) return null;
  if (item.state === "complete")
    return item.fileSize === size ? { id, path: item.filename, size: item.fileSize } : null;
  await browser.downloads.cancel(id).catch(() => {});
  await browser.downloads.erase({ id }).catch(() => []);
  return null;
}
