import { test } from "vitest";
import { expectTruth } from "../../support/import-truth.ts";

for (const folder of [
  "authenticator-extension-encrypted",
  "authenticator-extension-json",
  "authenticator-extension-txt",
  "authenticator-plus",
  "authy-prefs",
  "freeotp-plus-json",
  "freeotp-v1-xml",
  "freeotp2-backup",
  "keepass-xml",
  "raivo-json",
  "raivo-zip",
  "totp-authenticator",
  "winauth-txt",
]) {
  test(`the collection of ${folder} is read whole`, async (context) => {
    await expectTruth(folder, context);
  });
}
