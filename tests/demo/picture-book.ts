import type { Page } from "playwright-core";
import type { Language } from "../../extension/ui/i18n.ts";
import { formatBackup } from "../../shared/formats/backup.ts";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { openErrand } from "../e2e/steps/errand-window.ts";
import { pressSheet } from "../e2e/steps/export.ts";
import { scanEnded } from "../e2e/steps/scan.ts";
import { entryOf, openBackup, protect, sealedText, unlockWith } from "../e2e/vault-steps.ts";
import type { Words } from "../e2e/words.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import type { Camera } from "./camera.ts";
import { pictureAccounts } from "./picture-accounts.ts";
import { bodyWithCodes, openAs, SIGN_IN_BODY } from "./picture-stage.ts";

const PASSPHRASE = "violet harbour under quiet rain";

/** Goes through the screens of the extension as a person would, and has each pictured. */
export class PictureBook {
  readonly #browser: ExtensionBrowser;
  readonly #camera: Camera;
  readonly #accounts = pictureAccounts(Date.now());
  #settings: Page | null = null;
  #language: Language = "en";
  #words!: Words;

  constructor(browser: ExtensionBrowser, camera: Camera) {
    this.#browser = browser;
    this.#camera = camera;
  }

  /** Switches the extension to a language, by its settings. */
  async turnTo(language: Language, words: Words): Promise<void> {
    this.#settings ??= await this.#browser.openExtensionPage("page.html#/settings");
    await this.#settings.locator("select").first().selectOption(language);
    await this.#settings.locator(`html[lang="${language}"]`).waitFor();
    this.#language = language;
    this.#words = words;
  }

  /** An empty vault, the first account found, and the question for a passphrase. Nothing is kept. */
  async firstScreens(): Promise<void> {
    const { t } = this.#words;
    const uri = formatOtpauthUri(entryOf({ issuer: "GitHub", account: "alice@example.com" }));
    const page = await openAs(
      this.#browser,
      "https://github.com/settings/security",
      await bodyWithCodes(uri),
    );
    const popup = await this.#browser.pressAction(page);
    await popup.getByRole("button", { name: t("add.scan") }).waitFor();
    await this.#popup(popup, "first-run");
    await popup.getByRole("button", { name: t("add.scan") }).click();
    await scanEnded(popup);
    await this.#popup(popup, "scan-result");
    await popup.getByRole("button", { name: t("keep.action"), exact: true }).click();
    await popup.getByLabel(t("passphrase.new")).fill("violet harbour");
    await popup.waitForTimeout(600);
    await this.#popup(popup, "protect");
    await popup.close();
    await page.close();
  }

  /** The preview of a backup, and at last the accounts of all further pictures. */
  async restore(how: "only-look" | "restore"): Promise<void> {
    const { t } = this.#words;
    const items = this.#accounts.map(({ entry, pinned = false }, order) => ({
      id: crypto.randomUUID(),
      pinned,
      order,
      entry,
    }));
    const page = await this.#browser.openExtensionPage("page.html#/backup");
    await page.locator(`html[lang="${this.#language}"]`).waitFor();
    await openBackup(page, await sealedText(formatBackup(items, Date.now()), PASSPHRASE), PASSPHRASE);
    const table = page.locator("table");
    await table
      .or(page.getByLabel(t("passphrase.new")))
      .first()
      .waitFor();
    if (!(await table.isVisible())) await protect(page, PASSPHRASE);
    await table.waitFor({ timeout: 30_000 });
    await this.#camera.take(page, "restore-preview", this.#language, "page");
    if (how === "restore") {
      await page.locator("form button[type=submit]").click();
      await page.getByRole("button", { name: t("restore.undo") }).waitFor();
      await this.#writeBackup(page);
    }
    await page.close();
  }

  /** The list and everything that it leads to. */
  async popupScreens(): Promise<void> {
    const { t } = this.#words;
    const browser = this.#browser;
    const github = await openAs(browser, "https://github.com/sessions/two-factor", SIGN_IN_BODY);
    const list = await browser.pressAction(github);
    await list.locator(".row .code").nth(4).waitFor();
    await this.#popup(list, "list");
    // By key, since a mouse pointer would light up whatever comes to lie under it.
    await list.locator(".row-more").nth(2).focus();
    await list.keyboard.press("Enter");
    await list.getByRole("menu").waitFor();
    await this.#popup(list, "menu");
    await list.keyboard.press("Escape");
    await list.getByRole("combobox").fill("git");
    await this.#popup(list, "search");
    await list.getByRole("combobox").fill("");
    await list.keyboard.press("Alt+n");
    await list.getByRole("button", { name: t("add.type") }).waitFor();
    await this.#popup(list, "add");
    await list.getByRole("button", { name: t("add.type") }).click();
    await list.getByLabel(t("form.issuer")).fill("Harbour");
    await list.getByLabel(t("form.account")).fill("alice@example.com");
    await list.getByLabel(t("form.secret"), { exact: true }).fill("jbsw y3dp ehpk 3pxp");
    await list.locator(".form-live .code").waitFor();
    await this.#popup(list, "type-in");
    await list.keyboard.press("Escape");
    await list.getByRole("grid").waitFor();
    await list.keyboard.press("Alt+e");
    await list.locator(".form-live .code").waitFor();
    await this.#popup(list, "edit");
    await list.close();

    const known = this.#accounts[7]?.entry;
    const several = await this.#scan(
      "https://gitlab.com/-/profile/two_factor_auth",
      await bodyWithCodes(
        formatOtpauthUri(entryOf({ issuer: "Docker", account: "alice" })),
        ...(known ? [formatOtpauthUri(known)] : []),
        formatOtpauthUri(entryOf({ issuer: "Hetzner", account: "alice@example.com", digits: 8, period: 60 })),
      ),
    );
    await this.#popup(several, "several-results");
    await several.close();

    const nothing = await this.#scan(
      "https://mysignins.microsoft.com/security-info",
      await bodyWithCodes("phonefactor://activate_account?code=123456789&url=https://example.com"),
    );
    await this.#popup(nothing, "scan-failure");
    await nothing.close();

    const cloudflare = await openAs(browser, "https://dash.cloudflare.com/two-factor", SIGN_IN_BODY);
    const bind = await browser.pressAction(cloudflare);
    await bind.getByRole("combobox").fill("Cloudflare");
    await bind.keyboard.press("Enter");
    await bind.locator(".host").waitFor();
    await this.#popup(bind, "bind");
    await bind.keyboard.press("Escape");
    await bind.getByRole("grid").waitFor();
    await bind.keyboard.press("Alt+l");
    await bind.getByLabel(t("passphrase.label")).waitFor();
    await this.#popup(bind, "locked");
    await unlockWith(bind, PASSPHRASE);
    await bind.getByRole("grid").waitFor({ timeout: 30_000 });
    await bind.close();
  }

  /** The sections of the full page. */
  async pageScreens(): Promise<void> {
    for (const section of ["codes", "image", "backup", "trash", "data", "settings", "help"]) {
      const page = await this.#browser.openExtensionPage(`page.html#/${section}`);
      await page.locator("main h2, main section, .row .code").first().waitFor();
      if (section === "codes") await this.#chooseSome(page);
      await page.waitForTimeout(150);
      await this.#camera.take(page, section, this.#language, "page");
      await page.close();
    }
    const sheet = await this.#openSheet();
    await sheet.waitForTimeout(150);
    await this.#camera.take(sheet, "sheet", this.#language, "page");
    await sheet.close();
  }

  /** Three accounts chosen, with their tags in sight. */
  async #chooseSome(page: Page): Promise<void> {
    await page.locator(".row-tick input").nth(1).click();
    await page
      .locator(".row-tick input")
      .nth(3)
      .click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: this.#words.t("many.tags"), exact: true }).click();
  }

  /** The sheet of all accounts, in the window that its button opens. */
  async #openSheet(): Promise<Page> {
    const { t } = this.#words;
    const page = await this.#browser.openExtensionPage("page.html#/export");
    const opened = this.#browser.context.waitForEvent("page");
    await pressSheet(page);
    const sheet = await opened;
    await page.close();
    await sheet.getByLabel(t("sheet.ask")).fill(PASSPHRASE);
    await sheet.getByRole("button", { name: t("action.continue") }).click();
    await sheet.locator(".sheet-entry").first().waitFor({ timeout: 30_000 });
    return sheet;
  }

  /** The windows that are opened for one thing: drawing an area, the camera, another window. */
  async scanWindows(): Promise<void> {
    const uri = formatOtpauthUri(entryOf({ issuer: "Docker", account: "alice" }));
    const page = await openAs(
      this.#browser,
      "https://hub.docker.com/settings/security",
      await bodyWithCodes(uri),
    );
    const popup = await this.#browser.pressAction(page);
    const area = await openErrand(this.#browser, popup, "area");
    await area.locator(".area-frame").waitFor();
    await this.#camera.take(area, "choose-area", this.#language, "page");
    await area.close();
    for (const errand of ["camera", "screen"]) {
      const window = await this.#browser.openExtensionPage(`page.html#/${errand}`);
      await window.locator(".live-picture").waitFor();
      await this.#camera.take(window, `scan-${errand}`, this.#language, "page");
      await window.close();
    }
    await page.close();
  }

  async #writeBackup(page: Page): Promise<void> {
    const { t } = this.#words;
    await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
    await page.getByLabel(t("backup.ask-own")).fill(PASSPHRASE);
    await page.getByRole("button", { name: t("action.continue") }).click();
    await page.getByLabel(t("backup.passphrase")).fill(PASSPHRASE);
    await page.getByLabel(t("passphrase.repeat")).fill(PASSPHRASE);
    await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
    await page.locator(".toast").filter({ hasText: ".age" }).waitFor({ timeout: 30_000 });
  }

  async #scan(address: string, body: string): Promise<Page> {
    const popup = await this.#browser.pressAction(await openAs(this.#browser, address, body));
    await popup.getByRole("grid").waitFor();
    await popup.keyboard.press("Alt+n");
    await popup.getByRole("button", { name: this.#words.t("add.scan") }).click();
    await scanEnded(popup);
    return popup;
  }

  #popup(popup: Page, screen: string): Promise<void> {
    return this.#camera.take(popup, screen, this.#language, "popup");
  }
}
