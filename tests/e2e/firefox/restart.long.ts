import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hotpCode, timeStep } from "../../practice-site/expected-code.ts";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, launchFirefox } from "../../support/firefox.ts";
import { eventually } from "../eventually.ts";
import { wordsIn } from "../words.ts";
import { fill, press, text } from "./own-page.ts";

const { t } = wordsIn("en");
const PASSPHRASE = "alice keeps four random words";
/** RFC 4226, appendix D. */
const SECRET = { base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", bytes: Buffer.from("12345678901234567890") };

async function keepAccount(firefox: Firefox): Promise<void> {
  const page = await firefox.openExtensionPage("popup.html?window");
  await press(page, t("add.type"));
  await fill(page, t("form.issuer"), "Practice Bank");
  await fill(page, t("form.secret"), SECRET.base32);
  await press(page, t("keep.action"));
  await fill(page, t("passphrase.new"), PASSPHRASE);
  await fill(page, t("passphrase.repeat"), PASSPHRASE);
  await press(page, t("protect.action"));
  await eventually(() => text(page)).toContain(t("keep.done", { name: "Practice Bank" }));
}

/** The vault is locked, opens with its passphrase, and shows the right code. */
async function unlockAndCompare(firefox: Firefox): Promise<void> {
  const page = await firefox.openExtensionPage("popup.html?window");
  await eventually(() => text(page)).toContain(t("locked.restart"));
  await fill(page, t("passphrase.label"), PASSPHRASE);
  await press(page, t("locked.unlock"));
  await eventually(() => text(page)).toMatch(/Practice Bank[\s\S]*\d{3}\s?\d{3}/);
  const shown = /Practice Bank[\s\S]*?(\d{3})\s?(\d{3})/.exec(await text(page));
  const step = timeStep(Date.now(), 30);
  const expected = [step - 1, step].map((each) => hotpCode(SECRET.bytes, each, "SHA1", 6));
  expect(expected).toContain(`${shown?.[1]}${shown?.[2]}`);
}

// README and the popup's first start say so.
describe.skipIf(findFirefox() === null)(
  "Firefox, closed and opened again (needs it)",
  { timeout: 240_000 },
  () => {
    let profile: string;
    let firefox: Firefox;

    afterAll(async () => {
      await firefox?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });

    test("forgets a temporarily loaded extension, and has its accounts again once it is loaded again", async () => {
      await firefox?.close();
      profile = await mkdtemp(join(tmpdir(), "countersign-firefox-"));
      firefox = await launchFirefox({ profile });
      await firefox.loadTemporarily();
      await keepAccount(firefox);
      await firefox.close();

      firefox = await launchFirefox({ profile });
      await expect(firefox.remove(), "it is not there to be removed").rejects.toThrow();
      await firefox.loadTemporarily();
      await unlockAndCompare(firefox);
    });

    test("deletes the accounts with an extension that is removed", async () => {
      await firefox.remove();
      await firefox.close();
      firefox = await launchFirefox({ profile });
      await firefox.loadTemporarily();
      const page = await firefox.openExtensionPage("popup.html?window");
      await eventually(() => text(page)).toContain(t("empty.why"));
    });
  },
);
