import { beforeEach, describe, expect, it } from "vitest";
import { reconcileAutoSites } from "../../../extension/autofill/auto-site-scripts.ts";
import { addAutoSite, readAutoSites, removeAutoSites } from "../../../extension/autofill/auto-sites.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

const BANK = "https://login.bank.example";
const PATTERN = "https://login.bank.example/*";

/** What the browser holds: the permissions that were given, and the scripts that are registered. */
let permitted: Set<string>;
let registered: Map<string, { id: string; matches: string[] }>;
let stopped: string[][];
/** The call at which the worker dies, counted from the next one on; null: it lives. */
let deathAt: number | null;

function answer(name: string, act: (argument: never) => unknown): void {
  fakeApi.answer(name, (argument: never) => {
    if (deathAt !== null) {
      if (deathAt === 0) throw Error("the worker died");
      deathAt -= 1;
    }
    return act(argument);
  });
}

beforeEach(() => {
  permitted = new Set();
  registered = new Map();
  stopped = [];
  deathAt = null;
  answer("permissions.contains", ({ origins }: { origins: string[] }) => permitted.has(origins[0]!));
  answer("permissions.remove", ({ origins }: { origins: string[] }) =>
    origins.map((each) => permitted.delete(each)).includes(true),
  );
  answer("scripting.getRegisteredContentScripts", () => [...registered.values()]);
  answer("scripting.registerContentScripts", (scripts: { id: string; matches: string[] }[]) => {
    for (const script of scripts) {
      if (registered.has(script.id)) throw Error("Duplicate script ID");
      registered.set(script.id, script);
    }
  });
  answer("scripting.unregisterContentScripts", ({ ids }: { ids: string[] }) => {
    for (const id of ids) if (!registered.delete(id)) throw Error("Nonexistent script ID");
  });
  answer("tabs.query", () => [{ id: 5, windowId: 1, url: `${BANK}/otp` }]);
});

const reconcile = () => reconcileAutoSites(async (origins) => void stopped.push([...origins]));
const patterns = () => [...registered.values()].flatMap(({ matches }) => matches);
const injected = () =>
  fakeApi
    .callsOf("scripting.executeScript")
    .map(([injection]) => (injection as { target: { tabId: number } }).target.tabId);

async function switchOn(origin: string): Promise<void> {
  const { protocol, hostname } = new URL(origin);
  permitted.add(`${protocol}//${hostname}/*`);
  await addAutoSite(origin, "alice", 1);
}

describe("what is registered follows the list", () => {
  it("where a site was switched on: in the top frame of that host alone, and in pages that are open", async () => {
    await switchOn(BANK);
    await reconcile();
    expect([...registered.values()]).toEqual([
      expect.objectContaining({ matches: [PATTERN], js: ["/watch-page.js"], allFrames: false }),
    ]);
    expect(injected()).toEqual([5]);
    await reconcile();
    expect(injected(), "once for each run of the browser").toEqual([5]);
    expect(stopped).toEqual([]);
  });

  it("where a site was taken off: no script, no permission, and the pages are told", async () => {
    await switchOn(BANK);
    await reconcile();
    await removeAutoSites([BANK]);
    await reconcile();
    expect([patterns(), [...permitted], stopped]).toEqual([[], [], [[]]]);
  });

  it("where the browser took the permission away: the site leaves the list, and nothing is left", async () => {
    await switchOn(BANK);
    await reconcile();
    permitted.clear();
    await reconcile();
    expect([await readAutoSites(), patterns(), stopped]).toEqual([[], [], [[]]]);
  });

  it("where a site was switched on again in the meantime: its permission is not taken from it", async () => {
    await switchOn(BANK);
    await reconcile();
    await removeAutoSites([BANK]);
    await reconcileAutoSites(() => switchOn(BANK));
    expect([...permitted]).toEqual([PATTERN]);
    await reconcile();
    expect([(await readAutoSites()).length, patterns()]).toEqual([1, [PATTERN]]);
  });

  it("for two ports of one host as one script, and ends the pages of one port alone", async () => {
    await switchOn(BANK);
    await switchOn(`${BANK}:8443`);
    await reconcile();
    expect(patterns()).toEqual([PATTERN]);
    await removeAutoSites([BANK]);
    await reconcile();
    expect([patterns(), [...permitted], stopped]).toEqual([[PATTERN], [PATTERN], [[`${BANK}:8443`]]]);
  });

  it("after an update of the extension, which drops what was registered", async () => {
    await switchOn(BANK);
    await reconcile();
    registered.clear();
    await reconcile();
    expect(patterns()).toEqual([PATTERN]);
  });

  it("and touches no script or tab of anybody who has no such site", async () => {
    registered.set("of another kind", { id: "of another kind", matches: ["https://other.example/*"] });
    await reconcile();
    expect([patterns(), stopped, fakeApi.callsOf("tabs.query")]).toEqual([
      ["https://other.example/*"],
      [],
      [],
    ]);
  });
});

const forbid = (automaticFillingForbidden: boolean) => fakeApi.manage({ automaticFillingForbidden });

describe("where the organisation forbids filling by itself", () => {
  it("no script stays in any page, but the site stays listed and permitted, and goes on once it is allowed", async () => {
    await switchOn(BANK);
    await reconcile();
    await forbid(true);
    await reconcile();
    expect([patterns(), [...permitted], stopped]).toEqual([[], [PATTERN], [[]]]);
    expect((await readAutoSites()).map(({ origin }) => origin)).toEqual([BANK]);
    await forbid(false);
    await reconcile();
    expect([patterns(), [...permitted]]).toEqual([[PATTERN], [PATTERN]]);
    expect(injected(), "pages that are open get it again").toEqual([5, 5]);
  });

  it("a site that is taken off the list meanwhile gives its permission back", async () => {
    await switchOn(BANK);
    await reconcile();
    await forbid(true);
    await reconcile();
    await removeAutoSites([BANK]);
    await reconcile();
    expect([patterns(), [...permitted]]).toEqual([[], []]);
    await forbid(false);
    await reconcile();
    expect([patterns(), [...permitted], injected()]).toEqual([[], [], [5]]);
  });

  it("a site that was put on the list meanwhile is watched only afterwards, and given back if it goes before", async () => {
    await forbid(true);
    await switchOn(BANK);
    await reconcile();
    expect([patterns(), injected()]).toEqual([[], []]);
    await removeAutoSites([BANK]);
    await reconcile();
    expect([...permitted]).toEqual([]);
  });
});

describe("a worker that dies in the middle", () => {
  it.for([0, 1, 2, 3, 4, 5])(
    "of what a policy brings, at step %i, is made up for by the next",
    async (step) => {
      await switchOn(BANK);
      await reconcile();
      await forbid(true);
      deathAt = step;
      await reconcile().catch(() => {});
      deathAt = null;
      await removeAutoSites([BANK]);
      await reconcile();
      expect([patterns(), [...permitted]]).toEqual([[], []]);
      expect(stopped.length).toBeGreaterThan(0);
    },
  );

  it.for([0, 1, 2, 3, 4, 5])("of switching on, at step %i, is made up for by the next one", async (step) => {
    await switchOn(BANK);
    deathAt = step;
    await reconcile().catch(() => {});
    deathAt = null;
    await reconcile();
    expect([patterns(), [...permitted], injected().includes(5)]).toEqual([[PATTERN], [PATTERN], true]);
  });

  it.for([0, 1, 2, 3, 4, 5])("of taking away, at step %i, is made up for by the next one", async (step) => {
    await switchOn(BANK);
    await reconcile();
    await removeAutoSites([BANK]);
    deathAt = step;
    await reconcile().catch(() => {});
    deathAt = null;
    await reconcile();
    expect([patterns(), [...permitted]]).toEqual([[], []]);
    expect(stopped.length).toBeGreaterThan(0);
  });
});
