import { argon2Sync, randomBytes } from "node:crypto";
import sodium from "libsodium-wrappers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** What Ente Auth writes on a computer with memory to spare: a key for which a gibibyte is filled four times. */
const GIBIBYTE = 1_073_741_824;
const PASSES = 4;
const PASSWORD = "alice keeps this one in Ente";

const { t, tn } = wordsIn("en");
const harbour = steps.entryOf({ issuer: "Harbour", account: "alice@example.com", period: 86_400 });
let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, [steps.entryOf({ issuer: "Lighthouse", account: "bob" })], null);
});
afterAll(() => browser?.close());

/** As Ente writes it, the key by Node's own Argon2id and the rest by libsodium. */
async function enteExport(uris: readonly string[]): Promise<steps.HandedFile> {
  await sodium.ready;
  const salt = randomBytes(16);
  const memory = GIBIBYTE / 1_024;
  const key = argon2Sync("argon2id", {
    ...{ message: PASSWORD, nonce: salt, parallelism: 1, tagLength: 32, memory, passes: PASSES },
  });
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
  const last = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  const sealed = sodium.crypto_secretstream_xchacha20poly1305_push(state, uris.join("\n"), null, last);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const file = {
    version: 1,
    kdfParams: { memLimit: GIBIBYTE, opsLimit: PASSES, salt: base64(salt) },
    encryptedData: base64(sealed),
    encryptionNonce: base64(header),
  };
  return {
    name: "ente-auth-codes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(JSON.stringify(file)),
  };
}

test("a file that asks for a gibibyte can be stopped, refuses a wrong password, and opens with the right one", async () => {
  const page = await browser.openExtensionPage("page.html#/image");
  const file = await enteExport([formatOtpauthUri(harbour)]);
  await page.locator("input[type=file]").setInputFiles([file]);
  const open = async (password: string) => {
    await page.getByLabel(t("import.password", { file: file.name })).fill(password);
    await page.getByRole("button", { name: t("import.open"), exact: true }).click();
  };

  await open(PASSWORD);
  await page.getByText(t("import.takes-long")).waitFor();
  await browser.picture(page, "import-gibibyte");
  await page.getByRole("button", { name: t("import.stop"), exact: true }).click();
  await page.getByText(t("import.failed.stopped")).waitFor();

  await open("not the password");
  await page.getByText(t("file.wrong-passphrase")).waitFor({ timeout: 120_000 });
  const started = performance.now();
  await open(PASSWORD);
  await page.getByText(tn("import.found", 1, { from: "Ente Auth" })).waitFor({ timeout: 120_000 });
  console.log(
    `opened in a real browser after ${((performance.now() - started) / 1000).toFixed(1)} s (1 GiB, ${PASSES} passes)`,
  );
  const code = page.locator(".import-list > li [data-code]");
  await eventually(() => code.getAttribute("data-code")).toBe(steps.expectedCode(harbour, Date.now()));
  expect(await page.locator(".import-list > li").count()).toBe(1);
});
