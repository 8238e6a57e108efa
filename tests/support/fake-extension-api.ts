import { fakeEvent } from "./fake-event.ts";
import { fakeStorageArea } from "./fake-storage.ts";

/**
 * Stands in for extension/platform/browser.ts in the tests that run in a page: storage, alarms and events work in
 * memory, everything else is recorded in `fakeApi.calls` and answered as `fakeApi.answer` was told.
 */
type Call = { readonly name: string; readonly args: readonly unknown[] };
type Answer = (...args: never[]) => unknown;
type Alarm = { name: string; scheduledTime: number; periodInMinutes?: number };
type AlarmInfo = { when?: number; delayInMinutes?: number; periodInMinutes?: number };

const EXTENSION_ID = "ajfjjlmgpdbkgjpgmadohkkehcbigbfi";
const ORIGIN = `chrome-extension://${EXTENSION_ID}`;

const calls: Call[] = [];
const answers = new Map<string, Answer>();
const alarmsByName = new Map<string, Alarm>();
const onAlarm = fakeEvent<[Alarm]>();
const onStorageChanged = fakeEvent<[Record<string, unknown>, string]>();
const session = fakeStorageArea((changes) => void onStorageChanged.fire(changes, "session"));
const local = fakeStorageArea((changes) => void onStorageChanged.fire(changes, "local"));
const managed = fakeStorageArea((changes) => void onStorageChanged.fire(changes, "managed"));

/** A method that is only recorded; it resolves to `usual` until a test gives it another answer. */
function recorded(name: string, usual?: unknown): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    calls.push({ name, args });
    const answer = answers.get(name);
    return answer === undefined ? usual : await (answer as (...args: unknown[]) => unknown)(...args);
  };
}

/** The same for the few methods that answer at once. */
function recordedNow(name: string, usual: (...args: string[]) => unknown): (...args: string[]) => unknown {
  return (...args) => {
    calls.push({ name, args });
    const answer = answers.get(name);
    return answer === undefined ? usual(...args) : (answer as (...args: unknown[]) => unknown)(...args);
  };
}

function createAlarm(nameOrInfo: string | AlarmInfo, info?: AlarmInfo): Promise<void> {
  const name = typeof nameOrInfo === "string" ? nameOrInfo : "";
  const { when, delayInMinutes, periodInMinutes } =
    (typeof nameOrInfo === "string" ? info : nameOrInfo) ?? {};
  const delay = delayInMinutes ?? periodInMinutes ?? 0;
  const alarm: Alarm = { name, scheduledTime: when ?? Date.now() + delay * 60_000 };
  if (periodInMinutes !== undefined) alarm.periodInMinutes = periodInMinutes;
  alarmsByName.set(name, alarm);
  return Promise.resolve();
}

async function clearAlarms(names: string[]): Promise<boolean> {
  return names.map((name) => alarmsByName.delete(name)).includes(true);
}

export const browser = {
  storage: { session, local, managed, onChanged: onStorageChanged },
  alarms: {
    create: createAlarm,
    get: async (name = "") => alarmsByName.get(name),
    getAll: async () => [...alarmsByName.values()],
    clear: (name = "") => clearAlarms([name]),
    clearAll: () => clearAlarms([...alarmsByName.keys()]),
    onAlarm,
  },
  runtime: {
    id: EXTENSION_ID,
    getURL: (path: string) => `${ORIGIN}/${path.replace(/^\//, "")}`,
    getManifest: () => ({ manifest_version: 3, name: "Countersign", version: "0.0.0" }),
    getPlatformInfo: recorded("runtime.getPlatformInfo", { os: "linux", arch: "x86-64" }),
    sendMessage: recorded("runtime.sendMessage"),
    reload: recorded("runtime.reload"),
    onMessage: fakeEvent<unknown[]>(),
    onInstalled: fakeEvent<unknown[]>(),
    onStartup: fakeEvent<[]>(),
    onSuspend: fakeEvent<[]>(),
  },
  idle: {
    queryState: recorded("idle.queryState", "active"),
    setDetectionInterval: recordedNow("idle.setDetectionInterval", () => undefined),
    onStateChanged: fakeEvent<["active" | "idle" | "locked"]>(),
  },
  action: {
    setBadgeText: recorded("action.setBadgeText"),
    setBadgeBackgroundColor: recorded("action.setBadgeBackgroundColor"),
    setBadgeTextColor: recorded("action.setBadgeTextColor"),
    setTitle: recorded("action.setTitle"),
    setIcon: recorded("action.setIcon"),
    setPopup: recorded("action.setPopup"),
    openPopup: recorded("action.openPopup"),
    getUserSettings: recorded("action.getUserSettings", { isOnToolbar: false }),
    onUserSettingsChanged: fakeEvent<unknown[]>(),
    onClicked: fakeEvent<unknown[]>(),
  },
  tabs: {
    query: recorded("tabs.query", []),
    get: recorded("tabs.get"),
    getCurrent: recorded("tabs.getCurrent", { id: 1 }),
    create: recorded("tabs.create", { id: 1 }),
    update: recorded("tabs.update"),
    remove: recorded("tabs.remove"),
    captureVisibleTab: recorded("tabs.captureVisibleTab"),
    sendMessage: recorded("tabs.sendMessage"),
    getZoom: recorded("tabs.getZoom", 1),
    onActivated: fakeEvent<unknown[]>(),
    onRemoved: fakeEvent<unknown[]>(),
    onUpdated: fakeEvent<unknown[]>(),
  },
  windows: {
    WINDOW_ID_NONE: -1,
    WINDOW_ID_CURRENT: -2,
    create: recorded("windows.create", { id: 1 }),
    get: recorded("windows.get"),
    getCurrent: recorded("windows.getCurrent", { id: 1 }),
    getLastFocused: recorded("windows.getLastFocused", { id: 1 }),
    update: recorded("windows.update"),
    remove: recorded("windows.remove"),
    onRemoved: fakeEvent<unknown[]>(),
  },
  scripting: {
    executeScript: recorded("scripting.executeScript", []),
    getRegisteredContentScripts: recorded("scripting.getRegisteredContentScripts", []),
    registerContentScripts: recorded("scripting.registerContentScripts"),
    unregisterContentScripts: recorded("scripting.unregisterContentScripts"),
  },
  permissions: {
    contains: recorded("permissions.contains", false),
    request: recorded("permissions.request", false),
    remove: recorded("permissions.remove", false),
    getAll: recorded("permissions.getAll", { permissions: [], origins: [] }),
    onAdded: fakeEvent<unknown[]>(),
    onRemoved: fakeEvent<unknown[]>(),
  },
  downloads: {
    download: recorded("downloads.download", 1),
    search: recorded("downloads.search", []),
    removeFile: recorded("downloads.removeFile"),
    erase: recorded("downloads.erase", []),
    cancel: recorded("downloads.cancel"),
  },
  contextMenus: {
    create: recordedNow("contextMenus.create", () => undefined),
    update: recorded("contextMenus.update"),
    remove: recorded("contextMenus.remove"),
    removeAll: recorded("contextMenus.removeAll"),
    onClicked: fakeEvent<unknown[]>(),
  },
  commands: { getAll: recorded("commands.getAll", []), onCommand: fakeEvent<unknown[]>() },
  management: { getSelf: recorded("management.getSelf", { installType: "development" }) },
  webNavigation: { getAllFrames: recorded("webNavigation.getAllFrames", []) },
  i18n: {
    getMessage: recordedNow("i18n.getMessage", (key = "") => key),
    getUILanguage: recordedNow("i18n.getUILanguage", () => "en-US"),
  },
};

/** What a test says to and asks of the stand-in. */
export const fakeApi = {
  calls,
  /** The arguments of every call of one method, e.g. `callsOf("action.setBadgeText")`, oldest first. */
  callsOf: (name: string): (readonly unknown[])[] =>
    calls.filter((call) => call.name === name).map(({ args }) => args),
  /** Decides what a recorded method returns (or throws) from now on in this test. */
  answer: (name: string, answer: Answer): void => void answers.set(name, answer),
  /** What an administrator has set from now on, in place of what was; whoever watches has heard of it then. */
  async manage(values: Record<string, unknown>): Promise<void> {
    managed.forget();
    await managed.set(values);
    await onStorageChanged.fire({}, "managed");
  },
  /** The alarms that are set. */
  alarms: (): Alarm[] => [...alarmsByName.values()],
  /** Lets an alarm go off and waits for its listeners; one without a period is gone before they run, as in Chromium. */
  async fireAlarm(name: string): Promise<void> {
    const alarm = alarmsByName.get(name);
    if (alarm === undefined) throw Error(`no alarm ${name} is set`);
    if (alarm.periodInMinutes === undefined) alarmsByName.delete(name);
    await onAlarm.fire(alarm);
  },
};

/**
 * Forgets values, alarms, calls and answers (done before every test). Listeners stay: modules add theirs once, when they
 * are loaded.
 */
export function resetFakeApi(): void {
  session.forget();
  local.forget();
  managed.forget();
  // What was read of it is forgotten with it.
  void onStorageChanged.fire({}, "managed");
  alarmsByName.clear();
  calls.length = 0;
  answers.clear();
}
