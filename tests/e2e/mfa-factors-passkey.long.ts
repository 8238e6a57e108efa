import { expect, test } from "vitest";
import { launchExtension } from "../support/extension.ts";
import { withPermittedCopy } from "../support/permitted-copy.ts";
import { addAuthenticator } from "../support/virtual-passkeys.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");

test("a passkey is set up on the page, once the person has said yes to the browser, and removed by showing it", async () => {
  const server = await startTeamServer(undefined, {
    modules: [{ kind: "webauthn" }, { kind: "totp" }, { kind: "recovery" }],
  });
  try {
    await withPermittedCopy(["http://localhost/*"], async (extensionPath) => {
      const browser = await launchExtension({ extensionPath });
      try {
        await protectProfile(browser, steps.PASSPHRASE);
        const page = await browser.openExtensionPage("page.html#/teams");
        const stranger = await addAuthenticator(page);
        const button = (name: string) => page.getByRole("button", { name, exact: true });
        await contact(page, server.code);
        await register(page, "alice@example.com", steps.PASSPHRASE);
        await page.locator("a.primary[href^='#/factors']").click();
        await button(t("factors.set-up.named", { kind: "Passkey or security key" })).click();
        // Not the finger that it knows: nothing is made, and that is said.
        await stranger.recognises(false);
        await button(t("factors.set-up.passkey-action")).click();
        await page.locator("form [role=alert]").waitFor();
        expect(await stranger.credentials()).toEqual([]);
        // A device that was refused so is locked for a while.
        await stranger.remove();
        const authenticator = await addAuthenticator(page);
        await button(t("factors.set-up.passkey-action")).click();
        await page.getByText(t("factors.is.strong")).waitFor();
        const [credential, ...more] = await authenticator.credentials();
        expect(more).toEqual([]);
        expect(credential?.rpId).toBe("localhost");
        // It is no account of the vault, so nothing is warned about.
        await button(t("factors.offer.skip")).click();
        expect(await page.getByText(t("factors.locked-in.why")).count()).toBe(0);
        const name = "Passkey or security key";
        await button(t("factors.remove-named", { name })).click();
        await button(t("factors.remove-named", { name })).last().click();
        await page.getByText(t("factors.why-none")).waitFor();
      } finally {
        await browser.close();
      }
    });
  } finally {
    await server.stop();
  }
});
