import type { Page, Worker } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { accept, inviteTo, letIn, lookAgain, makeGroup } from "./steps/groups.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** What others change arrives where neither popup nor page is open, and nothing is asked for while the vault is locked. */
const { t, tn } = wordsIn("en");
const ALICE = "alice@example.com";
const BOB = "bob@example.com";

let server: TeamServer;
let atAlice: ExtensionBrowser;
let atBob: ExtensionBrowser;
let alice: Page;
let isServed = true;

beforeAll(async () => {
  [server, atAlice, atBob] = await Promise.all([startTeamServer(), steps.launch(), steps.launch()]);
  const entries = [steps.entryOf({ issuer: "AWS", account: "root" })];
  await steps.restoreInto(atAlice, entries, steps.PASSPHRASE);
  await protectProfile(atBob, steps.PASSPHRASE);
  alice = await atAlice.openExtensionPage("page.html#/teams");
});
afterAll(async () => {
  await atAlice?.close();
  await atBob?.close();
  if (isServed) await server?.stop();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** What the tests know of the extension's API in its worker. */
type Alarms = {
  getAll(): Promise<{ name: string; periodInMinutes?: number }[]>;
  create(name: string, info: { when: number; periodInMinutes: number }): Promise<void>;
};

const alarmOf = (worker: Worker) =>
  worker.evaluate(async () => {
    const { alarms } = (globalThis as unknown as { chrome: { alarms: Alarms } }).chrome;
    return (await alarms.getAll()).find(({ name }) => name === "sync-groups")?.periodInMinutes ?? null;
  });

/** The browser lets the alarm go off now: nobody waits for a quarter of an hour. */
const letItGoOff = (worker: Worker) =>
  worker.evaluate(() => {
    const { alarms } = (globalThis as unknown as { chrome: { alarms: Alarms } }).chrome;
    return alarms.create("sync-groups", { when: Date.now(), periodInMinutes: 15 });
  });

/** How many accounts of groups have arrived, as the database says it to whoever asks without opening a page. */
const arrived = (worker: Worker) =>
  worker.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open("countersign"));
    const rows = await done(db.transaction("sharedRecords").objectStore("sharedRecords").getAll());
    db.close();
    return (rows as { isEntry: boolean }[]).filter(({ isEntry }) => isEntry).length;
  });

test("with popup and page closed, what another device changes is there when the popup opens without the server", async () => {
  await contact(alice, server.code);
  await register(alice, ALICE, steps.PASSPHRASE);
  await makeGroup(alice, "Cloud");
  const code = await inviteTo(alice, BOB);
  await button(alice, t("groups.code.done")).click();
  const bob = await atBob.openExtensionPage("page.html#/teams");
  await contact(bob, code);
  await register(bob, BOB, steps.PASSPHRASE);
  await bob.getByText(t("groups.offer.title", { group: "Cloud" })).waitFor();
  await accept(bob, ALICE);
  await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
  await letIn(alice, BOB, "Cloud");
  await bob.getByRole("link", { name: "Cloud", exact: true }).click();
  await lookAgain(bob);
  await bob.getByText(tn("groups.people", 2)).waitFor();
  const worker = await atBob.serviceWorker();
  await eventually(() => alarmOf(worker)).toBe(15);
  await bob.goto("about:blank");
  expect(await arrived(worker)).toBe(0);

  await alice.evaluate(() => location.assign("#/codes"));
  await alice.getByLabel(t("row.choose", { name: "AWS" })).click();
  await button(alice, t("many.place")).click();
  await alice.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
  await button(alice, t("place.move")).click();
  await alice
    .getByText(tn("place.moved-in", 1, { group: "Cloud" }))
    .first()
    .waitFor();
  // Sent by Alice's open page; nothing tells Bob's browser but its own look.
  await eventually(async () => {
    await letItGoOff(worker);
    return arrived(worker);
  }).toBe(1);
  await server.stop();
  isServed = false;
  const popup = await steps.openPopupTab(atBob);
  await popup.locator(".row", { hasText: "AWS" }).locator(".row-group", { hasText: "Cloud" }).waitFor();
  await popup.goto("about:blank");
});

test("with the vault locked the alarm is gone", async () => {
  const popup = await steps.openPopupTab(atBob);
  await button(popup, t("list.lock")).click();
  await popup.getByText(t("locked.by-hand")).waitFor();
  await popup.goto("about:blank");
  const worker = await atBob.serviceWorker();
  await eventually(() => alarmOf(worker)).toBe(null);
});
