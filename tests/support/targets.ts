import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Page,
  type Worker,
} from "playwright-core";

type Target = {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  /** As far as it is known: nothing at first, then the address, then what the document says. */
  readonly title: string;
  readonly embedderData?: { readonly tabActive?: boolean };
};

/**
 * Chromium opens its developer tools for a popup that is attached to before it has loaded: they take the keys in a window,
 * and two seconds of a processor everywhere. Nothing but an attachment tells when it has; its title comes up to a hundred
 * milliseconds before. Where this wasn't enough they are closed.
 */
const LOADING_AFTER_TITLE_MS = 200;

/**
 * The parts of a running browser that playwright's own connection doesn't show: tabs as tabs, extension popups, a
 * worker that was stopped and started again. A popup is never attached to by itself, but a connection made after it has
 * opened sees it as a full Page: so each popup gets one of its own.
 */
export class Targets {
  readonly #context: BrowserContext;
  readonly #cdp: CDPSession;
  readonly #endpoint: string;
  readonly #connections = new Set<Browser>();
  #attachedWorker: { readonly targetId: string; readonly worker: Worker } | null = null;
  readonly #idsByPage = new WeakMap<Page, string>();

  constructor(context: BrowserContext, cdp: CDPSession, endpoint: string) {
    this.#context = context;
    this.#cdp = cdp;
    this.#endpoint = endpoint;
  }

  async list(type: string): Promise<Target[]> {
    const { targetInfos } = await this.#cdp.send("Target.getTargets", { filter: [{ type }] });
    // Newer than playwright's own description of the protocol: embedderData.
    return targetInfos as Target[];
  }

  /** The id of the tab that shows a page, which must be the active one of its window. */
  async activeTabOf(page: Page): Promise<string> {
    const tab = (await this.list("tab")).find(
      ({ url, embedderData }) => url === page.url() && embedderData?.tabActive === true,
    );
    if (tab === undefined) throw Error(`no active tab shows ${page.url()}`);
    return tab.targetId;
  }

  /** Waits for a popup of the extension at `origin` (an action's popup, not a tab or window) and attaches to it. */
  async popup(origin: string, timeoutMs = 10_000): Promise<Page> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      const [target] = await this.#popupTargets(origin);
      if (target !== undefined && target.title !== "" && target.title !== target.url) {
        await pause(LOADING_AFTER_TITLE_MS);
        const page = await this.#attachToPopup(origin);
        if (page !== null) {
          await this.#closeDeveloperTools(page);
          return page;
        }
      }
      await pause(25);
    }
    throw Error(`no popup of the extension opened within ${timeoutMs} ms`);
  }

  /** Lets go of a popup, which then closes as popups do when something else takes the focus. Its Page is of no more use. */
  async letGo(popup: Page): Promise<void> {
    const connection = popup.context().browser();
    if (connection !== null) await this.#disconnect(connection);
  }

  /** Whether a popup is open just now; it isn't attached to. */
  async isPopupOpen(origin: string): Promise<boolean> {
    return (await this.#popupTargets(origin)).length > 0;
  }

  async isWorkerRunning(origin: string): Promise<boolean> {
    return (await this.#workerTargets(origin)).length > 0;
  }

  /** The service worker of the extension at `origin`, started if none runs. */
  async worker(origin: string): Promise<Worker> {
    const deadline = Date.now() + 5_000;
    while (Date.now() < deadline) {
      const [target] = await this.#workerTargets(origin);
      if (target === undefined) await this.#startWorker(origin);
      else if (target.targetId === this.#attachedWorker?.targetId) return this.#attachedWorker.worker;
      else await this.#attachToWorker(target);
    }
    throw Error("the service worker could not be reached");
  }

  /**
   * Stops the service worker as the browser itself would: its memory is gone, the next event starts a new one. That may
   * be at once: what counts is that it was seen to stop.
   */
  async stopWorker(origin: string): Promise<void> {
    // The id of its target outlives it, and with it what was attached to it.
    this.#attachedWorker = null;
    await this.#serviceWorkers(async (session) => {
      let stoppedAt = Number.POSITIVE_INFINITY;
      session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
        const isStopped = versions.some(
          ({ scriptURL, runningStatus }) => scriptURL.startsWith(origin) && runningStatus === "stopped",
        );
        if (isStopped) stoppedAt = Math.min(stoppedAt, Date.now());
      });
      const deadline = Date.now() + 15_000;
      // Its target goes a moment later, where nothing has started it again.
      while ((await this.#workerTargets(origin)).length > 0 && Date.now() < stoppedAt + 500) {
        if (Date.now() > deadline) throw Error("the service worker could not be stopped");
        // Again and again: one that is only just starting isn't stopped.
        if (stoppedAt > Date.now()) await session.send("ServiceWorker.stopAllWorkers");
        await pause(50);
      }
    });
  }

  async disconnect(): Promise<void> {
    for (const connection of this.#connections) await this.#disconnect(connection);
  }

  async #attachToWorker(target: Target): Promise<void> {
    const connection = await this.#connect();
    const worker = contextOf(connection)
      .serviceWorkers()
      .find((each) => each.url() === target.url);
    if (worker === undefined) return this.#disconnect(connection);
    this.#attachedWorker = { targetId: target.targetId, worker };
  }

  async #startWorker(scopeURL: string): Promise<void> {
    await this.#serviceWorkers((session) => session.send("ServiceWorker.startWorker", { scopeURL }));
  }

  async #serviceWorkers(command: (session: CDPSession) => Promise<unknown>): Promise<void> {
    // The protocol's ServiceWorker part speaks of the whole profile, but only to a page's session.
    const [page] = this.#context.pages();
    if (page === undefined) throw Error("no page is open to reach the service workers from");
    const session = await this.#context.newCDPSession(page);
    await session.send("ServiceWorker.enable");
    await command(session);
    await session.detach();
  }

  async #attachToPopup(origin: string): Promise<Page | null> {
    const [target] = await this.#popupTargets(origin);
    if (target === undefined) return null;
    const connection = await this.#connect();
    for (const page of contextOf(connection).pages()) {
      if (!page.url().startsWith(origin) || (await this.#idOf(page)) !== target.targetId) continue;
      page.once("close", () => void this.#disconnect(connection));
      await page.waitForLoadState("domcontentloaded");
      return page;
    }
    await this.#disconnect(connection);
    return null;
  }

  /** Closes the developer tools that open for a popup if it was attached to too early. */
  async #closeDeveloperTools(popup: Page): Promise<void> {
    const hasLoaded = await popup.evaluate(
      () => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).loadEventEnd > 0,
    );
    if (hasLoaded) return;
    await popup.waitForLoadState("load");
    const deadline = Date.now() + 2_000;
    while (Date.now() < deadline) {
      const tools = (await this.list("page")).filter(({ url }) => url.startsWith("devtools://"));
      for (const { targetId } of tools) await this.#cdp.send("Target.closeTarget", { targetId });
      if (tools.length > 0) return;
      await pause(50);
    }
  }

  async #popupTargets(origin: string): Promise<Target[]> {
    const inTabs = new Set(await Promise.all(this.#context.pages().map((page) => this.#idOf(page))));
    const pages = await this.list("page");
    return pages.filter(({ url, targetId }) => url.startsWith(origin) && !inTabs.has(targetId));
  }

  async #workerTargets(origin: string): Promise<Target[]> {
    return (await this.list("service_worker")).filter(({ url }) => url.startsWith(origin));
  }

  async #idOf(page: Page): Promise<string | null> {
    const known = this.#idsByPage.get(page);
    if (known !== undefined) return known;
    try {
      const session = await page.context().newCDPSession(page);
      const { targetInfo } = await session.send("Target.getTargetInfo");
      await session.detach();
      this.#idsByPage.set(page, targetInfo.targetId);
      return targetInfo.targetId;
    } catch {
      // It closed in the meantime.
      return null;
    }
  }

  async #connect(): Promise<Browser> {
    // Without noDefaults, playwright would set its own colour scheme and window size on what is only looked at.
    const connection = await chromium.connectOverCDP(this.#endpoint, { noDefaults: true });
    this.#connections.add(connection);
    return connection;
  }

  async #disconnect(connection: Browser): Promise<void> {
    // Leaves the browser running: it was only connected to.
    if (this.#connections.delete(connection)) await connection.close();
  }
}

function contextOf(connection: Browser): BrowserContext {
  const [context] = connection.contexts();
  if (context === undefined) throw Error("the browser shows no context");
  return context;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
