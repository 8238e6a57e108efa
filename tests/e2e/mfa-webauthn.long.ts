import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { askedWith, beginFactor, mustGive } from "../server/mfa/asked.ts";
import { ask, module, optionsOf, site, WRONG } from "../server/mfa/webauthn-steps.ts";
import { launchExtension } from "../support/extension.ts";
import { withPermittedCopy } from "../support/permitted-copy.ts";
import { addAuthenticator } from "../support/virtual-passkeys.ts";

/** What the browser makes of the server's questions, in a page of the extension, and the server of the browser's answers. */
async function inExtensionPage(hosts: readonly string[], work: (page: Page) => Promise<void>): Promise<void> {
  await withPermittedCopy(hosts, async (extensionPath) => {
    const browser = await launchExtension({ extensionPath });
    try {
      await work(await browser.openExtensionPage("page.html"));
    } finally {
      await browser.close();
    }
  });
}

function answer(page: Page, purpose: "create" | "get", options: string): Promise<string> {
  return page.evaluate(
    async ([purpose, options]) => {
      const json = JSON.parse(options);
      const credential = await (purpose === "create"
        ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
        : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }));
      if (!(credential instanceof PublicKeyCredential)) throw Error("the browser gave no credential");
      return JSON.stringify(credential.toJSON());
    },
    [purpose, options] as const,
  );
}

test.each(["internal", "usb"] as const)(
  "an authenticator (%s) is set up, and shown again and again",
  async (transport) => {
    await inExtensionPage([`${site.origin}/*`], async (page) => {
      await addAuthenticator(page, { transport });
      const { shown, ...begun } = await beginFactor(module, askedWith());
      const created = await answer(page, "create", optionsOf(shown));
      const held = { ...begun, isSetUp: false };
      let { kept } = await mustGive(module.verify(askedWith(), held, { credential: created }));
      expect(kept).toMatchObject({ transports: [transport] });
      for (let time = 0; time < 2; time++) {
        const question = await ask(kept);
        const credential = await answer(page, "get", question.options);
        kept = (await mustGive(question.answer(credential))).kept;
        const other = await ask(kept);
        expect(await other.answer(credential)).toEqual(WRONG);
      }
      // It is there already, and the browser says so instead of putting another one in its place.
      const again = await beginFactor(module, askedWith({ factorId: "factor-2", others: [kept] }));
      await expect(answer(page, "create", optionsOf(again.shown))).rejects.toThrow("InvalidStateError");
    });
  },
);

test("without the permission for the server's host the browser refuses the question", async () => {
  await inExtensionPage([], async (page) => {
    await addAuthenticator(page);
    const { shown } = await beginFactor(module, askedWith());
    await expect(answer(page, "create", optionsOf(shown))).rejects.toThrow("SecurityError");
  });
});
