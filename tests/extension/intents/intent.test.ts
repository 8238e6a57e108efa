import { describe, expect, it } from "vitest";
import {
  dropIntent,
  dropStaleIntent,
  INTENT_ALARM,
  leaveIntent,
  takeIntent,
} from "../../../extension/intents/intent.ts";
import { browser } from "../../../extension/platform/browser.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";

const AT = 1_700_000_000_000;
const SCAN = {
  kind: "scan",
  tabId: 7,
  windowId: 1,
  at: AT,
  target: { frame: null, imageUrl: "data:image/png;base64,AAAA" },
} as const;
const stored = async () => JSON.stringify(await browser.storage.session.get(null));

describe("a picture that was clicked and that nobody came for", () => {
  it("is forgotten after a minute, by an alarm that wakes the worker", async () => {
    await leaveIntent(SCAN);
    expect(fakeApi.alarms()).toMatchObject([{ name: INTENT_ALARM, scheduledTime: AT + 60_000 }]);
    await dropStaleIntent(AT + 59_999);
    expect(await stored()).toContain("data:image");
    await dropStaleIntent(AT + 60_000);
    expect(await stored()).not.toContain("data:image");
  });

  it("is forgotten with the lock, but one that was left after it waits for the passphrase", async () => {
    await leaveIntent(SCAN);
    await dropIntent(AT - 1);
    expect(await stored()).toContain("data:image");
    await dropIntent(AT + 5);
    expect(await stored()).not.toContain("data:image");
  });

  it("leaves no alarm behind where somebody took it", async () => {
    await leaveIntent(SCAN);
    expect(await takeIntent(AT + 1)).toMatchObject({ kind: "scan" });
    expect(fakeApi.alarms()).toEqual([]);
  });
});
