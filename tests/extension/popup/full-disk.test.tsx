import { render } from "preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TypeIn } from "../../../extension/entrypoints/popup/type-in.tsx";
import { Review } from "../../../extension/screens/review.tsx";
import { db } from "../../../extension/vault/db.ts";
import { readIndex } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;

startWithoutVault();
afterEach(() => {
  vi.restoreAllMocks();
  render(null, document.body);
});

function fillDisk(table: "vault" | "index"): void {
  vi.spyOn(Object.getPrototypeOf(db[table]), "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
}
function press(name: string): void {
  const found = [...document.querySelectorAll("button")].find(
    (button) => button.textContent === name && !button.disabled && button.closest("[hidden]") === null,
  );
  if (found === undefined) throw Error(`no button ${name}`);
  found.click();
}
function type(label: string, text: string): void {
  const field = [...document.querySelectorAll("label")].find((each) => each.textContent === label);
  const input = field?.querySelector("input");
  if (!input) throw Error(`no field ${label}`);
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
const alerts = () => [...document.querySelectorAll("[role=alert]")].map((alert) => alert.textContent);

describe("on a full disk", () => {
  it("making the vault says that it failed, and can be tried again", async () => {
    const kept: string[] = [];
    const review = (
      <Review
        items={[{ draft: draft(1), notices: [] }]}
        vault={{ kind: "none" }}
        onKept={(sentence) => kept.push(sentence)}
        onCancel={() => {}}
      />
    );
    render(review, document.body);
    await vi.waitFor(() => press("Keep"));
    fillDisk("vault");
    await vi.waitFor(() => press("Later"));
    await vi.waitFor(() => expect(alerts().join()).toContain("refused to write"));
    vi.restoreAllMocks();
    await vi.waitFor(() => press("Later"));
    await vi.waitFor(() => expect(kept).toHaveLength(1));
    expect(await readIndex()).toHaveLength(1);
  });

  it("an account that was typed in stays on the screen, and is kept once for two presses later on", async () => {
    await createVault();
    const said: (string | null)[] = [];
    render(<TypeIn vault={UNLOCKED} tab={null} onDone={(sentence) => said.push(sentence)} />, document.body);
    await vi.waitFor(() => type("Key", "JBSWY3DPEHPK3PXP"));
    type("Site or service", "Example");
    fillDisk("index");
    await vi.waitFor(() => press("Keep"));
    await vi.waitFor(() => expect(alerts().join()).toContain("refused to write"));
    vi.restoreAllMocks();
    press("Keep");
    press("Keep");
    await vi.waitFor(() => expect(said).toHaveLength(1));
    expect(await readIndex()).toMatchObject([{ issuer: "Example" }]);
  });
});
