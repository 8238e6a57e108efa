import type { BuiltExtensions } from "../browser/build-extensions.ts";
import type { DevTools, Session } from "../browser/devtools.ts";
import { pause, waitUntil, withPatience } from "../browser/patience.ts";
import { startBrowser } from "../browser/start-browser.ts";
import { startPageServer } from "./page-server.ts";
import { type FirstCode, watchFirstCode } from "./watch-first-code.ts";

/** A real popup, opened by the toolbar's action over a page, or the same document in a tab of its own. */
export type Surface = "popup" | "tab";

export type OpenedPage = { readonly session: Session; close(): Promise<void> };
export type WatchedPage = OpenedPage & {
  readonly loaded: Promise<unknown>;
  readonly firstCode: Promise<FirstCode>;
};

export type BenchBrowser = {
  /** Ids of the product's copies by the number of their entries. */
  readonly idsByCount: ReadonlyMap<number, string>;
  readonly emptyId: string;
  /** The host of the page that popups are opened over. */
  readonly host: string;
  /** Opens popup.html of that extension with nothing of it running before, and watches it from its first moment. */
  open(surface: Surface, extensionId: string): Promise<WatchedPage>;
  /** Opens an address in a tab and waits until it has loaded. */
  openTab(url: string): Promise<OpenedPage>;
  close(): Promise<void>;
};

type Attached = {
  readonly sessionId: string;
  readonly targetInfo: { readonly targetId: string; readonly type: string };
  readonly waitingForDebugger: boolean;
};

const BINDING = "benchFirstCode";
/** Pages are attached to by themselves, tabs are only a second view of them. */
const ALL_BUT_TABS = [{ type: "tab", exclude: true }, {}];

/** Starts one browser with all the extensions, so that whatever slows the machine slows all of them. */
export async function openBenchBrowser(built: BuiltExtensions): Promise<BenchBrowser> {
  const server = await startPageServer();
  const { devtools, close } = await startBrowser();
  const browser = devtools.session();
  const load = async (path: string) => (await browser.send("Extensions.loadUnpacked", { path })).id;
  const idsByCount = new Map<number, string>();
  for (const [count, path] of built.copyPaths) idsByCount.set(count, await load(path));
  const emptyId = await load(built.emptyPath);

  const waitForNew = watchNewTargets(devtools);
  await browser.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: "tab", exclude: true }, { type: "service_worker", exclude: true }, {}],
  });

  const closeTarget = async (targetId: string) => {
    await browser.send("Target.closeTarget", { targetId });
    await waitUntil("a page did not close", async () => {
      const { targetInfos } = await browser.send("Target.getTargets", { filter: ALL_BUT_TABS });
      return targetInfos.every((target) => target.targetId !== targetId);
    });
  };
  const stopAllOf = async (origin: string) => {
    const { targetInfos } = await browser.send("Target.getTargets", { filter: ALL_BUT_TABS });
    for (const { url, targetId } of targetInfos) if (url.startsWith(origin)) await closeTarget(targetId);
  };
  const openTab = async (url: string): Promise<OpenedPage> => {
    const arriving = waitForNew();
    await browser.send("Target.createTarget", { url });
    const { sessionId, targetInfo } = await arriving;
    const session = devtools.session(sessionId);
    const loaded = nextEvent(devtools, "Page.loadEventFired", sessionId);
    await session.send("Page.enable");
    await session.send("Runtime.runIfWaitingForDebugger");
    await withPatience(`${url} did not load`, loaded);
    return { session, close: () => closeTarget(targetInfo.targetId) };
  };
  await openTab(server.url);
  const { targetInfos: tabs } = await browser.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tabUnderPopups = tabs.find(({ url }) => url === server.url);
  if (!tabUnderPopups) throw Error("the page under the popups is in no tab");

  return {
    idsByCount,
    emptyId,
    host: server.host,
    openTab,
    async open(surface, extensionId) {
      const origin = `chrome-extension://${extensionId}/`;
      // A worker that still runs would lend its process, which the empty extension never has.
      await stopAllOf(origin);
      await pause(150);
      const arriving = waitForNew();
      if (surface === "tab") {
        await browser.send("Target.createTarget", { url: "about:blank" });
      } else {
        await browser.send("Extensions.triggerAction", {
          id: extensionId,
          targetId: tabUnderPopups.targetId,
        });
      }
      const { sessionId, targetInfo } = await arriving;
      const session = devtools.session(sessionId);
      const loaded = nextEvent(devtools, "Page.loadEventFired", sessionId);
      const told = nextEvent(devtools, "Runtime.bindingCalled", sessionId);
      await session.send("Page.enable");
      await session.send("Runtime.enable");
      await session.send("Runtime.addBinding", { name: BINDING });
      const source = `(${watchFirstCode})(${JSON.stringify(BINDING)})`;
      await session.send("Page.addScriptToEvaluateOnNewDocument", { source });
      await session.send("Runtime.runIfWaitingForDebugger");
      if (surface === "tab") await session.send("Page.navigate", { url: `${origin}popup.html` });
      return {
        session,
        loaded: withPatience("the popup did not load", loaded),
        firstCode: withPatience("no code was painted", told).then((params) =>
          JSON.parse((params as { payload: string }).payload),
        ),
        close: () => closeTarget(targetInfo.targetId),
      };
    },
    async close() {
      await close();
      await server.close();
    },
  };
}

/** @returns waits for the next page that starts; it stands still until it is told to run. Call it before what opens it. */
function watchNewTargets(devtools: DevTools): () => Promise<Attached> {
  let awaited: ((attached: Attached) => void) | null = null;
  devtools.on("Target.attachedToTarget", (params) => {
    const attached = params as Attached;
    if (!attached.waitingForDebugger) return;
    // A popup is nothing known yet when it is attached to: "other".
    if (awaited !== null && ["page", "other"].includes(attached.targetInfo.type)) {
      awaited(attached);
      awaited = null;
      return;
    }
    // Whatever else starts (workers, the browser's own pages) must not be kept waiting.
    void devtools
      .session(attached.sessionId)
      .send("Runtime.runIfWaitingForDebugger")
      .catch(() => {});
  });
  return () =>
    withPatience(
      "nothing opened",
      new Promise((resolve) => {
        awaited = resolve;
      }),
    );
}

function nextEvent(devtools: DevTools, method: string, sessionId: string): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = devtools.on(method, (params, from) => {
      if (from !== sessionId) return;
      stop();
      resolve(params);
    });
  });
}
