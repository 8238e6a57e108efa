import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadFirstView } from "../../../extension/entrypoints/popup/first-view.ts";
import { Popup } from "../../../extension/entrypoints/popup/popup.tsx";
import { DEFAULT_PREFERENCES } from "../../../extension/preferences/preferences.ts";
import { copyCode } from "../../../extension/screens/copy-code.ts";
import { addEntries, readEntry } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { codeAt, groupDigits } from "../../../shared/otp/code.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();
afterEach(async () => {
  vi.restoreAllMocks();
  await act(() => render(null, document.body));
});

function refuseClipboard(): void {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("", "NotAllowedError"));
  vi.spyOn(document, "execCommand").mockReturnValue(false);
}
const codeOf = (entry: ReturnType<typeof hotpDraft>) => {
  const code = codeAt(entry, 0);
  if (!code.ok) throw Error(code.error);
  return code.value;
};

describe("where the clipboard refuses", () => {
  it("the code that a counter moved on for is given back, and for the same press again", async () => {
    await createVault();
    const [id = ""] = await addEntries([hotpDraft(1, 5)], { now: 1 });
    refuseClipboard();
    const refused = { ok: false, error: { reason: "clipboard-refused", code: codeOf(hotpDraft(1, 5)) } };
    expect(await copyCode(id, "current", "press", 1)).toEqual(refused);
    expect(await copyCode(id, "current", "press", 1)).toEqual(refused);
    expect(await readEntry(id)).toMatchObject({ value: { counter: 6 } });
  });

  it("a code that stands in the list anyway is only said not to be copied", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    refuseClipboard();
    expect(await copyCode(id, "current", "press", 1)).toEqual({ ok: false, error: "clipboard-refused" });
  });

  it("the list shows the code of a counter, and so does what is said", async () => {
    await createVault();
    await addEntries([hotpDraft(1, 5)], { now: 1 });
    refuseClipboard();
    const firstView = await loadFirstView(null, "usage", false);
    await act(() =>
      render(
        <Popup surface="popup" firstView={firstView} intent={null} preferences={DEFAULT_PREFERENCES} />,
        document.body,
      ),
    );
    const key = new KeyboardEvent("keydown", { key: "c", ctrlKey: true, bubbles: true, cancelable: true });
    await act(() => void document.dispatchEvent(key));
    const code = codeOf(hotpDraft(1, 5));
    await vi.waitFor(() => expect(document.querySelector(`[data-code="${code}"]`)).not.toBeNull());
    expect(document.querySelector(".toast")?.textContent).toContain(groupDigits(code).join(" "));
  });
});
