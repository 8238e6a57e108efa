import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base32Decode, bytesToHex } from "../../shared/bytes.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ROOT } from "../support/source-files.ts";
import { eventually } from "./eventually.ts";
import { chooseForm } from "./steps/export.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Accounts leave by files and by QR codes, through the screens; `npm run eval -- import` then reads what has left. */
const { t, tn } = wordsIn("en");
const FILE_PASSPHRASE = "the words of the other program";

const entries = [
  ...Array.from({ length: 11 }, (_, at) =>
    steps.entryOf({ issuer: `Harbour ${at}`, account: "alice@example.com" }),
  ),
  steps.entryOf({ issuer: "灯塔", account: "爱丽丝", note: "备用", tags: ["运维", "work"] }),
  steps.entryOf({ issuer: "Counter", account: "eve", type: "hotp", period: null, counter: 41 }),
  steps.entryOf({ issuer: "Minute", account: "bob", digits: 8, algorithm: "SHA256", period: 60 }),
];
const migrated = entries.filter(({ issuer }) => issuer !== "Minute");

let browser: ExtensionBrowser;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-export-"));
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
  page = await browser.openExtensionPage("page.html#/backup");
  await button(t("backup.export-go")).click();
  await page.getByText(tn("export.all", entries.length)).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (name: string) => page.getByRole("button", { name, exact: true });

/** Puts a file where the importers are tried, with what has to come out of it. */
async function keepSample(name: string, bytes: Uint8Array, held: readonly Entry[], password?: string) {
  const path = join(folder, "samples", name);
  await mkdir(join(folder, "samples"), { recursive: true });
  await writeFile(path, bytes);
  const truth = held.map(({ type, issuer, account, secret, algorithm, digits, period, counter }) => {
    const key = base32Decode(secret);
    const secretHex = key.ok ? bytesToHex(key.value) : "";
    return { type, issuer, account, secretHex, algorithm, digits, period, counter };
  });
  await writeFile(`${path}.truth.json`, JSON.stringify({ entries: truth, ...(password && { password }) }));
}

/** Presses a button that ends in a download, and keeps the file under the name it came with. */
async function downloaded(name: string, held: readonly Entry[], password?: string): Promise<string> {
  const download = page.waitForEvent("download");
  await button(name).click();
  const saved = await download;
  const bytes = await readFile(await saved.path());
  await keepSample(saved.suggestedFilename(), bytes, held, password);
  await page
    .getByText(tn("export.written", held.length, { file: saved.suggestedFilename() }))
    .first()
    .waitFor();
  return saved.suggestedFilename();
}

test("a plain file is warned of, asks for the vault's passphrase, and holds every account", async () => {
  await chooseForm(page, "plain", "2FAS");
  await page.getByText([tn("export.whole", 13), tn("export.some-lost", 1)].join(" ")).waitFor();
  await page.getByText(t("export.warning-file")).waitFor();
  await button(t("export.write-anyway")).click();
  await page.getByLabel(t("backup.ask-own")).fill("not the passphrase");
  await button(t("action.continue")).click();
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  expect(await downloaded(t("action.continue"), entries)).toMatch(/^countersign-2fas-\d{4}-\d\d-\d\d\.json$/);
});

test("an encrypted file gets a passphrase of its own, typed twice", async () => {
  await chooseForm(page, "encrypted", "Aegis");
  await page.getByText(tn("export.all-whole", entries.length)).waitFor();
  await button(t("export.write")).click();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  await button(t("action.continue")).click();
  await page.getByLabel(t("export.passphrase")).fill(FILE_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill("something else");
  await button(t("export.write")).click();
  await page.getByText(t("passphrase.differ")).waitFor();
  await page.getByLabel(t("passphrase.repeat")).fill(FILE_PASSPHRASE);
  const name = await downloaded(t("export.write"), entries, FILE_PASSPHRASE);
  expect(await readFile(join(folder, "samples", name), "utf8")).not.toMatch(/Harbour|alice/);
});

test("the codes of Google Authenticator are walked through by keyboard, and scanned from the screen", async () => {
  await chooseForm(page, "codes", t("export.code-many", { program: "Google Authenticator" }));
  await page.getByText(t("export.why.period", { seconds: 60 })).waitFor();
  await button(tn("export.show", 2)).click();
  await page.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
  await button(t("action.continue")).click();
  // What the last test was told lies over the foot of the page for a while.
  await eventually(() => page.locator(".toast").count()).toBe(0);
  for (const number of [1, 2]) {
    await page.getByText(t("export.place", { number, count: 2 }), { exact: true }).waitFor();
    const picture = await page.locator(".export-code svg").screenshot();
    const names = (await page.locator(".export-names").innerText()).split("\n");
    const held = migrated.filter(({ issuer, account }) =>
      names.includes(t("entry.names", { issuer, account })),
    );
    expect(held).toHaveLength(names.length);
    await keepSample(`code-${number}.png`, picture, held);
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("Escape");
  await eventually(() => page.locator("svg.sheet-qr").count()).toBe(0);
});

test("locking takes the codes off the screen", async () => {
  await chooseForm(page, "codes", t("export.code-each"));
  await button(tn("export.show", entries.length)).click();
  await page.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
  await button(t("action.continue")).click();
  await page.locator("svg.sheet-qr").waitFor();
  const popup = await steps.openPopupTab(browser);
  await popup.getByRole("button", { name: t("list.lock") }).click();
  await eventually(() => page.locator("svg.sheet-qr").count()).toBe(0);
  await popup.close();
  await page.bringToFront();
  await steps.unlockWith(page, steps.PASSPHRASE);
  await page.locator(".export-way").first().waitFor();
  expect(await page.locator("svg.sheet-qr").count()).toBe(0);
});

test("what was chosen in the list is what goes along", async () => {
  await page.goto(page.url().replace(/#.*/, "#/codes"));
  await page.locator(".row-tick input").nth(0).click();
  await page.locator(".row-tick input").nth(1).click();
  await button(t("many.export")).click();
  await page.getByText(tn("export.chosen", 2)).waitFor();
  expect(page.url()).toMatch(/#\/export\?of=[0-9a-f-]{36}$/);
  await chooseForm(page, "plain", t("export.list"));
  await button(t("export.write-anyway")).click();
  await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
  const download = page.waitForEvent("download");
  await button(t("action.continue")).click();
  const list = await readFile(await (await download).path(), "utf8");
  expect(list.trimEnd().split("\n")).toHaveLength(2);
});

test("all of it is read by the importers as it was", async () => {
  const command = [join(ROOT, "tests/eval/main.ts"), "import", join(folder, "samples"), "--verbose"];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  expect(report, stdout).toMatchObject({ files: 4, right: 4, wrong: 0 });
});
