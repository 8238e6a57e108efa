import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openStage, type Stage } from "../e2e/steps/stage.ts";
import { hasScreen } from "../support/has-screen.ts";
import { log } from "./log.ts";
import { takePictures } from "./pictures.ts";
import { signInJob } from "./sign-in-job.ts";
import { teamJob } from "./team-job.ts";
import { fillFirstOfTwo, waitForSecondOfTwo } from "./two-codes-job.ts";

/**
 * `npm run demo`: builds the extension, then does its main job for real, in a real browser, against a site whose
 * verifier is a process of its own; then what a team does, with a server and a second browser; then pictures of every screen
 * into demo/.
 *
 * `--wrong` shows the extension a secret with one bit changed: the site has to refuse its code.
 *
 * Ends with 0 only if the site accepted every code.
 */
const isWrong = process.argv.includes("--wrong");
const started = performance.now();

const prepare = join(import.meta.dirname, "../support/prepare.ts");
const prepared = spawnSync(process.execPath, [prepare, "--chromium-only"], { stdio: "inherit" });
if (prepared.status !== 0) process.exit(1);

/** How the demonstration ended; only "accepted" is a success. */
const ENDS = {
  accepted: "Every code was accepted.",
  refused: "Not every code was accepted.",
  failed: "The demonstration broke off before its end; the error above says where.",
} as const;

const end = await demonstrate();
process.exitCode = end === "accepted" ? 0 : 1;
log.title(`${ENDS[end]} ${Math.round((performance.now() - started) / 1000)} s.`);

async function demonstrate(): Promise<keyof typeof ENDS> {
  try {
    const stage = await openStage(hasScreen() ? { display: process.env.DISPLAY ?? "" } : {});
    try {
      log.title(`Countersign in ${stage.browser.context.browser()?.version() ?? "the browser"}`);
      log.line(
        `${hasScreen() ? "In a window" : "Headless"}, with the practice site at ${stage.site.origin}/`,
      );
      if (!(await doJobs(stage))) return "refused";
    } finally {
      await stage.close();
    }
    log.title("Pictures of every screen, in both languages and themes");
    await takePictures();
    return "accepted";
  } catch (error) {
    console.error(error);
    return "failed";
  }
}

/** Stops at the first code that the site refuses. */
async function doJobs(stage: Stage): Promise<boolean> {
  if (isWrong) {
    log.title("One bit of the secret is changed on its way to the extension");
    return (await signInJob(stage, { account: "alice@example.com", "wrong-bit": "" })) === "accepted";
  }
  log.title("A usual account: SHA-1, 6 digits, 30 seconds");
  if ((await signInJob(stage, { account: "alice@example.com" })) !== "accepted") return false;

  log.title("Two consecutive codes, as Amazon Web Services wants them");
  const waiting = await fillFirstOfTwo(stage, "alice@aws.example.com");

  log.title("Meanwhile an unusual account: SHA-256, 8 digits, 60 seconds");
  const unusual = { account: "bob@example.com", algorithm: "SHA256", digits: "8", period: "60" };
  if ((await signInJob(stage, unusual)) !== "accepted") return false;

  log.title("And the second of the two consecutive codes");
  if ((await waitForSecondOfTwo(waiting)) !== "accepted") return false;

  // The first one: its code has changed since, and a site takes none twice.
  log.title("A team: a server of its own, and the usual account shared");
  return (await teamJob(stage, "alice@example.com")) === "accepted";
}
