import type { Page } from "playwright-core";
import { openStage, type Stage } from "../e2e/steps/stage.ts";
import { loadLine } from "./load.ts";
import type { BenchReport } from "./main.ts";
import { spreadOf } from "./statistics.ts";
import { formatMs, formatRatio, formatSpread, formatTable } from "./table.ts";

const ROUNDS = 7;
/** Chromium allows two captures a second: the measured one must not wait for those before it. */
const QUOTA_MS = 1_200;

/** Pages as people scan them, by what they show. */
const PAGES = {
  "a picture of the page's own": (stage: Stage) => stage.openEnrolment("png", { account: "alice" }),
  "a picture of another site": (stage: Stage) =>
    stage.openEnrolment("cross-origin-image", { account: "alice" }),
  "two codes": (stage: Stage) => stage.openEnrolment("two-codes", { account: "alice" }),
  "no code": (stage: Stage) => stage.browser.openPage(`${stage.site.origin}/`),
} as const;

/**
 * How long a person waits for a scan: from the click on "Scan this page" to the frame in which the result is drawn, beside
 * the browser's screenshot call alone, made by the same popup of the same page.
 */
export async function benchScan(): Promise<BenchReport> {
  const stage = await openStage();
  try {
    const measured = [];
    for (const [what, open] of Object.entries(PAGES)) {
      const page = await open(stage);
      const [scans, shots]: [number[], number[]] = [[], []];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const { scan, shot } = await measureOnce(stage, page);
        // The first round warms up.
        if (round === 0) continue;
        scans.push(scan);
        shots.push(shot);
      }
      measured.push({ what, scan: spreadOf(scans), shot: spreadOf(shots) });
      await stage.clearTabs();
    }
    return {
      text: [
        loadLine(),
        formatTable(
          `From the click to the result, medians and quartiles of ${ROUNDS} scans`,
          ["the page shows", "scan", "screenshot alone", "ratio", "more"],
          measured.map(({ what, scan, shot }) => [
            what,
            formatSpread(scan),
            formatSpread(shot),
            formatRatio(scan.median, shot.median),
            formatMs(scan.median - shot.median),
          ]),
        ),
      ].join("\n"),
      numbers: { measured },
    };
  } finally {
    await stage.close();
  }
}

async function measureOnce(stage: Stage, page: Page): Promise<{ scan: number; shot: number }> {
  const popup = await stage.browser.pressAction(page);
  const scan = popup.getByRole("button", { name: "Scan this page" });
  await scan.waitFor();
  const shot = await popup.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { tabs: { captureVisibleTab(options: object): Promise<string> } };
    };
    const started = performance.now();
    await chrome.tabs.captureVisibleTab({ format: "png" });
    return performance.now() - started;
  });
  await popup.waitForTimeout(QUOTA_MS);
  const timed = popup.evaluate(
    () =>
      new Promise<number>((done) => {
        let started = 0;
        addEventListener("click", () => (started = performance.now()), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (started === 0 || document.querySelector(".draft, [role=alert]") === null) return;
          observer.disconnect();
          // The second frame begins once the first, with the result in it, has been drawn.
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
        });
        observer.observe(document, { childList: true, subtree: true });
      }),
  );
  await scan.click();
  const milliseconds = await timed;
  await popup.close();
  await new Promise((done) => setTimeout(done, QUOTA_MS));
  return { scan: milliseconds, shot };
}
