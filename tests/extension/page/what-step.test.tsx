import { createRef, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WhatStep } from "../../../extension/entrypoints/page/welcome/what-step.tsx";
import { en } from "../../../extension/ui/messages/en.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";

/** The first of the first steps: what it says of the toolbar and of the keys is what the browser says. */
beforeEach(() => {
  fakeApi.answer("commands.getAll", () => [{ name: "_execute_action", shortcut: "Alt+Shift+O" }]);
});
afterEach(() => act(() => render(null, document.body)));

async function open(): Promise<void> {
  const step = (
    <WhatStep
      vault={{ kind: "none" }}
      say={() => {}}
      rows={[]}
      heading={createRef()}
      inner={null}
      onInner={() => {}}
    />
  );
  await act(() => render(step, document.body));
}
const said = () => document.querySelector("[role=status]")?.textContent;

test("how to pin it is told until it is pinned, and that it is as soon as it happens", async () => {
  await open();
  await vi.waitFor(() => expect(said()).toBe(en["welcome.what-pin"]));
  fakeApi.answer("action.getUserSettings", () => ({ isOnToolbar: true }));
  await act(async () => void (await browser.action.onUserSettingsChanged.fire({ isOnToolbar: true })));
  await vi.waitFor(() => expect(said()).toBe(en["welcome.what-pinned"]));
});

test("a browser that does not tell is taken for one that may need telling how", async () => {
  fakeApi.answer("action.getUserSettings", () => Promise.reject(Error("unknown here")));
  await open();
  await vi.waitFor(() => expect(document.body.textContent).toContain("Alt+Shift+O"));
  expect(said()).toBe(en["welcome.what-pin"]);
});

test("no key is named that the person took away", async () => {
  fakeApi.answer("commands.getAll", () => [{ name: "_execute_action", shortcut: "" }]);
  await open();
  await vi.waitFor(() => expect(said()).toBe(en["welcome.what-pin"]));
  expect(document.querySelectorAll("li:last-child p")).toHaveLength(1);
});
