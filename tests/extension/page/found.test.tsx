import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { Found } from "../../../extension/entrypoints/page/found.tsx";
import { en } from "../../../extension/ui/messages/en.ts";
import { pressEscape } from "../../support/press-escape.ts";
import { draft } from "../vault/drafts.ts";

afterEach(() => act(() => render(null, document.body)));

async function show(isAlone: true | undefined): Promise<() => number> {
  const onCancel = vi.fn();
  const found = (
    <Found
      accounts={{ items: [{ draft: draft(1), notices: [] }], remarks: [], batches: [] }}
      vault={{ kind: "none" }}
      {...(isAlone && { isAlone })}
      onKept={() => {}}
      onCancel={onCancel}
    />
  );
  await act(() => render(found, document.body));
  await vi.waitFor(() => expect(document.querySelector("[type=submit]:not(:disabled)")).not.toBeNull());
  return () => onCancel.mock.calls.length;
}

test("in a window of its own Escape says no to what was found", async () => {
  const cancelled = await show(true);
  await pressEscape();
  expect(cancelled()).toBe(1);
});

test("Escape throws no passphrase away that is being chosen", async () => {
  const cancelled = await show(true);
  await act(() => document.querySelector<HTMLElement>("[type=submit]")?.click());
  expect(document.body.textContent).toContain(en["protect.why"]);
  await pressEscape();
  expect(document.body.textContent).toContain(en["protect.why"]);
  expect(cancelled()).toBe(0);
});

test("in a section of the full page Escape leaves what was found alone", async () => {
  const cancelled = await show(undefined);
  await pressEscape();
  expect(cancelled()).toBe(0);
});
