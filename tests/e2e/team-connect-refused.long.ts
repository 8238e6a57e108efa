import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatKit, newRecoveryKey } from "../../shared/identity/recovery-key.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { connectDevice, contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** What goes wrong between a device and its server, each in words, and nothing lost. */
const { t } = wordsIn("en");
const EMAIL = "alice@example.com";
const OTHER_PASSPHRASE = "alice chose other words there";

let server: TeamServer;
let first: ExtensionBrowser;
let second: ExtensionBrowser;
let page: Page;
let there: Page;
let kit: string;

beforeAll(async () => {
  server = await startTeamServer();
  first = await steps.launch();
  await protectProfile(first, steps.PASSPHRASE);
  page = await first.openExtensionPage("page.html#/teams");
});
afterAll(async () => {
  await first?.close();
  await second?.close();
  await server?.stop();
});

const button = (on: Page, name: string) => on.getByRole("button", { name, exact: true });
const host = () => new URL(server.origin).host;
const refused = (on: Page, key: Parameters<typeof t>[0]) => on.getByText(t(key, { host: host() })).waitFor();

test("without a passphrase there is no field for a code, only the way to one", async () => {
  const bare = await steps.launch();
  const empty = await bare.openExtensionPage("page.html#/teams");
  await empty.getByText(t("teams.needs-passphrase")).waitFor();
  expect(await empty.getByRole("textbox").count()).toBe(0);
  await bare.close();
});

test("a registration whose answer is lost is found again by doing it again", async () => {
  const path = "**/trpc/user.finishRegistration";
  await page.route(path, async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await contact(page, server.code);
  await register(page, EMAIL, "not the passphrase");
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await register(page, EMAIL, steps.PASSPHRASE);
  await page.getByText(t("teams.refused.failed", { host: host() })).waitFor();
  await page.unroute(path);
  await page.reload();
  await contact(page, server.code);
  await register(page, EMAIL, steps.PASSPHRASE);
  await page.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("a code that was used makes nobody else", async () => {
  const sheet = await openKit(first, page, steps.PASSPHRASE);
  kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
  await sheet.close();
  second = await steps.launch();
  await protectProfile(second, OTHER_PASSPHRASE);
  there = await second.openExtensionPage("page.html#/teams");
  await contact(there, server.code);
  await register(there, "eve@example.com", OTHER_PASSPHRASE);
  await refused(there, "teams.refused.code-refused");
});

test("an address that is taken leads to the kit", async () => {
  await there.reload();
  await contact(there, await server.anotherCode());
  await register(there, EMAIL, OTHER_PASSPHRASE);
  await refused(there, "teams.refused.email-taken");
  await button(there, t("teams.other-device-action")).click();
  expect(await there.getByLabel(t("teams.device.address")).inputValue()).toBe(server.origin);
});

test("a wrong passphrase and a wrong kit are told apart, and keys that the server took away are not made anew", async () => {
  const given = { kit, address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE };
  await connectDevice(there, { ...given, kit: kit.slice(0, -3) });
  await there.getByText(t("teams.kit.problem.incomplete")).waitFor();
  await connectDevice(there, { ...given, passphrase: OTHER_PASSPHRASE });
  await refused(there, "teams.refused.not-recognised");
  await connectDevice(there, { ...given, kit: await formatKit(newRecoveryKey()) });
  await refused(there, "teams.refused.wrong-kit");
  const path = "**/trpc/user.bundle";
  await there.route(path, (route) => route.fulfill({ json: { result: { data: null } } }));
  await connectDevice(there, given);
  await refused(there, "teams.refused.not-a-server");
  await there.unroute(path);
  await there.route(path, async (route) => {
    const answer = await (await route.fetch()).json();
    const { bundle } = answer.result.data;
    answer.result.data.bundle = bundle.slice(0, 40) + (bundle[40] === "A" ? "B" : "A") + bundle.slice(41);
    await route.fulfill({ json: answer });
  });
  await connectDevice(there, given);
  await refused(there, "teams.refused.keys-damaged");
  await there.unroute(path);
  await connectDevice(there, given);
  await there.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("signed out there, the vault's own passphrase is told from the one at the server", async () => {
  await button(there, t("teams.sign-out")).click();
  await there.getByLabel(t("teams.again.passphrase-other")).fill(OTHER_PASSPHRASE);
  await button(there, t("teams.again.action")).click();
  await refused(there, "teams.again.other-than-vault");
  await there.getByLabel(t("teams.again.passphrase-other")).fill(steps.PASSPHRASE);
  await button(there, t("teams.again.action")).click();
  await there.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("disconnected, nothing of the server is left in the profile", async () => {
  await button(there, t("teams.disconnect")).click();
  await there.getByLabel(t("passphrase.label"), { exact: true }).fill(OTHER_PASSPHRASE);
  await button(there, t("teams.disconnect-sure", { host: host() })).click();
  await there.getByLabel(t("teams.code")).waitFor();
});

test("another server at the same address is refused, and one that is not there is said to be so", async () => {
  const port = Number(new URL(server.origin).port);
  const { code } = server;
  await server.stop();
  server = await startTeamServer(port);
  await button(page, t("teams.connect-another")).click();
  await contact(page, code);
  await page.getByText(t("teams.refused.another-server")).waitFor();
  await page.route(`${server.origin}/**`, (route) => route.abort("connectionrefused"));
  await button(page, t("teams.retry")).click();
  await page.getByText(t("teams.refused.unreachable", { host: host() })).waitFor();
});
