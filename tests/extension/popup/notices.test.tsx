import { type ComponentChild, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { ClockNotice } from "../../../extension/entrypoints/page/codes/clock-notice.tsx";
import { Notices } from "../../../extension/entrypoints/popup/notices.tsx";
import { t } from "../../../extension/ui/i18n.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { browser } from "../../support/fake-extension-api.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

/** A notice that comes once the list is drawn is read out: its live region is there before its words. */
const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;
startWithoutVault();
afterEach(() => act(() => render(null, document.body)));

const regions = () => [...document.querySelectorAll("[aria-live=polite]")];
const notices = (autoSiteProblem: string | null) => (
  <Notices vault={UNLOCKED} rows={[]} autoSiteProblem={autoSiteProblem} onProtect={() => {}} />
);
const draw = (what: ComponentChild) => {
  render(what, document.body);
  expect(regions().map(({ textContent }) => textContent)).toEqual([""]);
  return regions()[0];
};
const setClockBack = () =>
  browser.storage.local.set({ "last-seen": { at: Date.now() + 2 * 3_600_000, jump: null } });

test("that the clock went back, in the popup and in the full page", async () => {
  await createVault();
  for (const what of [notices(null), <ClockNotice key="page" />]) {
    await setClockBack();
    const region = draw(what);
    await vi.waitFor(() => expect(region?.textContent).toContain("2 hours"));
    expect(regions()).toEqual([region]);
    render(null, document.body);
  }
});

test("that this site fills nothing in", async () => {
  await createVault();
  const region = draw(notices(t("auto.declined", { host: "harbour.example" })));
  await vi.waitFor(() =>
    expect(region?.textContent).toContain(t("auto.declined", { host: "harbour.example" })),
  );
});

test("what only reminds is not read out at every opening", async () => {
  await createVault();
  const region = draw(notices(null));
  await vi.waitFor(() => expect(document.body.textContent).toContain(t("notice.device")));
  expect(region?.textContent).toBe("");
});
