import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../bench/browser/devtools.ts";
import { pause } from "../bench/browser/patience.ts";
import { type StartedBrowser, startBrowser } from "../bench/browser/start-browser.ts";
import { formatTable } from "../bench/table.ts";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { BUILT_EXTENSION, EXTENSION_ID } from "../support/extension.ts";

/**
 * A worker that a debugger is attached to never ends by itself. Here nothing attaches to it: it lives and dies as it
 * does for a person. Only the page and the popup are spoken to.
 */
const PERIOD = 60;
const ORIGIN = `chrome-extension://${EXTENSION_ID}/`;
const ALL = [{ type: "tab", exclude: true }, {}];

let site: PracticeSite;
let started: StartedBrowser;
let browser: Session;

beforeAll(async () => {
  site = await startPracticeSite();
  started = await startBrowser();
  browser = started.devtools.session();
  await browser.send("Extensions.loadUnpacked", { path: BUILT_EXTENSION });
});
afterAll(async () => {
  await started?.close();
  await site?.close();
});

async function isWorkerRunning(): Promise<boolean> {
  const { targetInfos } = await browser.send("Target.getTargets", { filter: ALL });
  const worker = targetInfos.find(({ type, url }) => type === "service_worker" && url.startsWith(ORIGIN));
  expect(worker?.attached ?? false, "nothing is attached to the worker").toBe(false);
  return worker !== undefined;
}

async function attach(targetId: string): Promise<Session> {
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  return started.devtools.session(sessionId);
}

/** Evaluates an expression in a page; @returns undefined where it throws, since it asks for what may be still to come */
async function evaluate(page: Session, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await page.send("Runtime.evaluate", {
    expression,
    returnByValue: true,
  });
  return exceptionDetails ? undefined : result.value;
}

async function until(what: string, isSo: () => Promise<unknown>): Promise<void> {
  await expect.poll(isSo, { timeout: 20_000, interval: 100, message: what }).toBeTruthy();
}

/** Presses a button of the popup once it is there and can be pressed. */
async function press(popup: Session, name: string): Promise<void> {
  const find = `[...document.querySelectorAll("button:enabled")].find((b) => b.innerText.trim().startsWith("${name}"))`;
  await until(`the button ${name}`, () => evaluate(popup, `(${find}).click(), true`)).catch(async () => {
    throw Error(`no button ${name}; the popup says: ${await evaluate(popup, "document.body.innerText")}`);
  });
}

async function popupTarget(): Promise<string | null> {
  const { targetInfos } = await browser.send("Target.getTargets", { filter: ALL });
  return targetInfos.find(({ type, url }) => type === "page" && url.startsWith(ORIGIN))?.targetId ?? null;
}

async function openPopup(url: string): Promise<Session> {
  const { targetInfos } = await browser.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find((target) => target.url === url);
  if (tab === undefined) throw Error("no tab shows the page");
  await browser.send("Extensions.triggerAction", { id: EXTENSION_ID, targetId: tab.targetId });
  await until("a popup", popupTarget);
  return attach((await popupTarget()) ?? "");
}

test("a second code a minute away comes while nobody looks, and the worker then ends by itself", async () => {
  const url = `${site.origin}/enroll/consecutive?account=alice&period=${PERIOD}`;
  // The window's one tab, since the popup speaks of the tab that is in front.
  const { targetInfos } = await browser.send("Target.getTargets", { filter: ALL });
  const page = await attach(targetInfos.find(({ type }) => type === "page")?.targetId ?? "");
  await page.send("Page.navigate", { url });
  await until("the page", () =>
    evaluate(page, `document.readyState === "complete" && document.forms.length > 0`),
  );

  const scanning = await openPopup(url);
  await press(scanning, "Scan this page");
  await press(scanning, "Keep");
  await press(scanning, "Later");
  await until("the list", () => evaluate(scanning, `document.querySelector(".row .code") !== null`));
  await browser.send("Target.closeTarget", { targetId: (await popupTarget()) ?? "" });
  await until("the popup to close", async () => (await popupTarget()) === null);

  // A wait longer than the thirty seconds after which a worker without work ends.
  const intoPeriod = (Date.now() / 1000) % PERIOD;
  if (intoPeriod > PERIOD - 45) await pause((PERIOD - intoPeriod + 0.5) * 1000);
  const filling = await openPopup(url);
  await until("the list", () => evaluate(filling, `document.querySelector(".row .code") !== null`));
  const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" } as const;
  await filling.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
  await until("the first code", () => evaluate(page, `document.querySelector("[name=code]").value`));
  const first = await evaluate(page, `document.querySelector("[name=code]").value`);
  await until("the popup to close", async () => (await popupTarget()) === null);

  const since = Date.now();
  const seconds = () => (Date.now() - since) / 1000;
  const line: [number, string][] = [[0, "first code filled, popup closed"]];
  const secondCode = () => evaluate(page, `document.querySelector("[name=code2]").value`);
  let wasRunning: boolean | null = null;
  const look = async (): Promise<boolean> => {
    const running = await isWorkerRunning();
    if (running !== wasRunning) line.push([seconds(), running ? "the worker runs" : "no worker runs"]);
    wasRunning = running;
    return running;
  };
  while ((await secondCode()) === "" && seconds() < PERIOD + 40) {
    await look();
    await pause(250);
  }
  const second = await secondCode();
  line.push([seconds(), second === "" ? "no second code came" : "second code filled"]);
  const submitted = await evaluate(page, `document.querySelector("form button").click(), true`);
  const verdict = `document.querySelector("[data-testid=result][data-verdict]").innerText`;
  if (submitted) await until("the verdict", () => evaluate(page, verdict));
  line.push([seconds(), String(await evaluate(page, verdict))]);
  const filledAt = seconds();
  while ((await look()) && seconds() < filledAt + 90) await pause(250);
  const rows = line.map(([at, what]) => [what, `${at.toFixed(1)} s`]);
  console.log(
    formatTable(`A second code of ${PERIOD} s with nothing attached to the worker`, ["what", "at"], rows),
  );

  expect(first).toMatch(/^\d{6}$/);
  expect(second).toMatch(/^\d{6}$/);
  expect(second).not.toBe(first);
  expect(await evaluate(page, verdict)).toBe("accepted");
  expect(filledAt, "long enough for an idle worker to have ended").toBeGreaterThan(35);
  expect(wasRunning, "it ends by itself once there is nothing to wait for").toBe(false);
});
