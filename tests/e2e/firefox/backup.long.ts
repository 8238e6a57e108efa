import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAgeFile } from "../../../extension/backup/age-file.ts";
import { utf8Decode } from "../../../shared/bytes.ts";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, launchFirefox } from "../../support/firefox.ts";
import { eventually } from "../eventually.ts";
import { wordsIn } from "../words.ts";
import { fill, press, pressByKey, text } from "./own-page.ts";

const { t } = wordsIn("en");
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const WORDS = "the words of all backups";

/** Backups by themselves among real downloads, where the browser's question is answered with yes by a preference. */
describe.skipIf(findFirefox() === null)("backups by themselves in Firefox (needs it)", () => {
  let folder: string;
  let firefox: Firefox;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-downloads-"));
    firefox = await launchFirefox({ questions: "yes", downloads: folder });
    await firefox.loadTemporarily();
  });
  afterAll(async () => {
    await firefox?.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  const files = async () =>
    (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".age"));

  test("are switched on in the click that asks for the permission, and the first is there and whole", async () => {
    const form = await firefox.openExtensionPage("popup.html?window");
    await press(form, t("add.type"));
    await fill(form, t("form.issuer"), "Practice Bank");
    await fill(form, t("form.secret"), SECRET);
    await press(form, t("keep.action"));
    await press(form, t("protect.later"));
    await eventually(() => text(form)).toContain(t("keep.done", { name: "Practice Bank" }));
    await form.close();
    const page = await firefox.openExtensionPage("page.html#/backup");
    await press(page, t("automatic.set-up"));
    await fill(page, t("automatic.passphrase"), WORDS);
    await fill(page, t("passphrase.repeat"), WORDS);
    await press(page, t("action.continue"));
    expect(await text(page)).not.toContain(t("automatic.place.folder"));
    await pressByKey(page, t("automatic.switch-on"));
    await eventually(() => text(page)).toContain(t("trial.never"));
    const [file = "", ...others] = await files();
    expect(others).toEqual([]);
    const opened = await openAgeFile(new Uint8Array(await readFile(join(folder, file))), WORDS);
    const backup = opened.ok ? utf8Decode(opened.value) : opened;
    expect(backup.ok && backup.value).toContain(SECRET);
    await page.close();
  });
});
