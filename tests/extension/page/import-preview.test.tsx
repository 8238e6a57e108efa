import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { page } from "vitest/browser";
import "../../../extension/ui/theme.css";
import "../../../extension/entrypoints/page/page.css";
import "../../../extension/entrypoints/page/import/import.css";
import { Preview } from "../../../extension/entrypoints/page/import/preview.tsx";
import type { ImportItem } from "../../../extension/import/plan-import.ts";
import { addMessages, setLanguage, t } from "../../../extension/ui/i18n.ts";
import { IMPORT_MESSAGES } from "../../../extension/ui/messages/import.ts";
import { draft } from "../vault/drafts.ts";

const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;

const refused: ImportItem = {
  key: "refused",
  kind: "refused",
  label: "Lighthouse: alice",
  reason: "unknown-algorithm",
  detail: "SHA384",
  correction: null,
  line: null,
};
const same: ImportItem = {
  key: "same",
  kind: "same",
  local: null,
  draft: draft(1),
  notices: [],
  pinned: false,
  trashed: false,
};
const fresh: ImportItem = { ...same, key: "new", kind: "new" };

let root: HTMLElement;
beforeEach(() => {
  addMessages(IMPORT_MESSAGES);
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  setLanguage("en");
});

async function open(items: readonly ImportItem[]): Promise<void> {
  const preview = (
    <Preview
      items={items}
      from="Aegis"
      remarks={[]}
      vault={UNLOCKED}
      onImport={async () => null}
      onCancel={() => {}}
    />
  );
  await act(() => render(preview, root));
}
const buttons = () => [...root.querySelectorAll(".import-foot button")].map(({ textContent }) => textContent);

describe.for(["en", "zh-CN"] as const)("in %s, why an account can’t be kept", (language) => {
  test.for([360, 500, 720, 1200])("stands there whole on a page of %d px", async (width) => {
    setLanguage(language);
    await page.viewport(width, 800);
    await open([refused]);
    await expect.poll(() => root.querySelector(".import-sentences")).not.toBeNull();
    const sentence = root.querySelector<HTMLElement>(".import-sentences");
    const row = root.querySelector<HTMLElement>(".import-list > li");
    if (!sentence || !row) throw Error("there is one");
    expect(sentence.textContent).toContain("SHA384");
    expect(sentence.scrollHeight).toBeLessThanOrEqual(sentence.clientHeight);
    expect(sentence.getBoundingClientRect().bottom).toBeLessThanOrEqual(row.getBoundingClientRect().bottom);
  });
});

describe("what ends a preview", () => {
  it("imports what there is to import", async () => {
    await open([fresh, same]);
    expect(buttons()).toEqual(["Import 1 account", t("action.cancel")]);
    expect(root.textContent).not.toContain(t("import.nothing-new"));
  });

  it("only closes where all of it is here already, which it says", async () => {
    await open([same, { ...same, key: "same too" }]);
    expect(buttons()).toEqual([t("action.close")]);
    expect(root.textContent).toContain(t("import.nothing-new"));
  });

  it("only closes where nothing can be kept, which is something else", async () => {
    await open([refused]);
    expect(buttons()).toEqual([t("action.close")]);
    expect(root.textContent).toContain(t("import.nothing-fits"));
  });
});
