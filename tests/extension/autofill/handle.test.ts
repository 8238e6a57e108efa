import { beforeEach, describe, expect, it } from "vitest";
import { bindSite } from "../../../extension/autofill/bind.ts";
import { type FillOutcome, fillEntry } from "../../../extension/autofill/handle.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { addEntries, readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { setFirstPassphrase } from "../../../extension/vault/set-first-passphrase.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { fakeTab, topFrame } from "./fake-tab.ts";

const NOW = Date.parse("2026-03-01T12:00:05Z");
const HOST = "login.bank.example";
const bound = { sites: [HOST] };

startWithoutVault();
beforeEach(() => createVault());

async function keep(entry: ReturnType<typeof draft>): Promise<string> {
  const [id] = await addEntries([entry], { now: NOW });
  return id!;
}
function fill(
  entryId: string,
  changes: { pressId?: string; target?: "detected" | "focused"; now?: number } = {},
): Promise<FillOutcome> {
  return fillEntry({
    tabId: 1,
    entryId,
    frameId: null,
    target: "detected",
    pressId: "press",
    now: NOW,
    ...changes,
  });
}

describe("filling an entry", () => {
  it("gives its frame the code of this moment and nothing else, and counts the use", async () => {
    const filled = fakeTab([topFrame()]);
    const id = await keep(draft(1, bound));
    expect(await fill(id)).toEqual({ kind: "filled", host: HOST, more: null });
    const entry = await readEntry(id);
    if (!entry.ok) throw Error("the entry is gone");
    const code = codeAt(entry.value, NOW);
    expect(filled).toEqual([[code.ok && code.value, "detected", HOST]]);
    const usedOn = [{ host: HOST, at: NOW }];
    expect((await readIndex())[0]).toMatchObject({ uses: 1, lastUsedAt: NOW, usedOn });
  });

  it("hands no page the secret, the account or the other sites", async () => {
    fakeTab([topFrame()]);
    await fill(await keep(draft(2, { sites: [HOST, "intranet.example"] })));
    const said = JSON.stringify(fakeApi.callsOf("scripting.executeScript"));
    for (const secret of ["GEZDGNBVGY3TQOJQ", "alice", "intranet.example"])
      expect(said).not.toContain(secret);
  });

  it("asks before it fills a site the entry is not bound to, and fills once it is", async () => {
    const filled = fakeTab([topFrame()]);
    const id = await keep(draft(3));
    expect(await fill(id)).toEqual({ kind: "not-bound", host: HOST, frameId: 0 });
    expect(filled).toEqual([]);
    expect(await bindSite(id, HOST)).toEqual({ ok: true, value: undefined });
    expect(await fill(id)).toMatchObject({ kind: "filled" });
    expect((await readIndex())[0]?.sites).toEqual([HOST]);
  });

  it.for(["did-not-stick", "does-not-fit", "unsure"] as const)(
    "says %s where the page does",
    async (kind) => {
      fakeTab([topFrame()], () => ({ kind }));
      expect(await fill(await keep(draft(4, bound)))).toEqual({ kind });
    },
  );

  it.for([
    ["document-1", undefined, "filled"],
    ["document-1", { kind: "nonsense" }, "no-field"],
    [null, undefined, "no-field"],
    [null, { kind: "filled" }, "filled"],
  ] as const)("in document %s takes the answer %o for %s", async ([documentId, answer, kind]) => {
    fakeTab([topFrame({ documentId })], () => answer);
    expect(await fill(await keep(draft(20, bound)))).toMatchObject({ kind });
  });

  it("says that a page made of nonsense took nothing for granted", async () => {
    fakeApi.answer("scripting.executeScript", () => [
      { frameId: 0, documentId: "d", result: { origin: 1, verdict: "sure" } },
    ]);
    expect(await fill(await keep(draft(5, bound)))).toMatchObject({ kind: "not-allowed-here" });
  });

  it.for([
    ["chrome://settings/", "browser-page"],
    ["file:///home/alice/a.html", "file"],
    ["https://chromewebstore.google.com/", "unreachable"],
  ] as const)("says why %s cannot be entered", async ([url, why]) => {
    fakeApi.answer("scripting.executeScript", () => {
      throw Error("Cannot access contents of the page");
    });
    fakeApi.answer("tabs.get", () => ({ id: 1, windowId: 1, url }));
    expect(await fill(await keep(draft(6, bound)))).toEqual({ kind: "not-allowed-here", why });
  });

  it("looks at no page while the vault is locked", async () => {
    const filled = fakeTab([topFrame()]);
    const id = await keep(draft(7, bound));
    await setFirstPassphrase("correct horse battery staple");
    await lock("by-hand");
    expect(await fill(id)).toEqual({ kind: "locked" });
    expect(filled).toEqual([]);
    expect(fakeApi.callsOf("scripting.executeScript")).toEqual([]);
  });
});

describe("an entry that counts", () => {
  const counterOf = async (id: string): Promise<number | null> => {
    const entry = await readEntry(id);
    return entry.ok ? entry.value.counter : null;
  };

  it("moves on once a field waits for its code", async () => {
    fakeTab([topFrame()]);
    const id = await keep({ ...hotpDraft(8, 5), ...bound });
    expect(await fill(id)).toMatchObject({ kind: "filled" });
    expect(await counterOf(id)).toBe(6);
  });

  it("stays where it is while nothing waits for it", async () => {
    const id = await keep({ ...hotpDraft(9, 5), ...bound });
    for (const frame of [
      topFrame({ verdict: "none", codes: 0 }),
      topFrame({ verdict: "unsure" }),
      topFrame({ origin: "https://evil.example" }),
    ]) {
      fakeTab([frame]);
      await fill(id);
    }
    expect(await counterOf(id)).toBe(5);
  });

  it("never moves twice for one press, though the page refused the code", async () => {
    const filled = fakeTab([topFrame()], () => ({ kind: "did-not-stick" }));
    const id = await keep({ ...hotpDraft(10, 5), ...bound });
    await fill(id, { pressId: "one" });
    await fill(id, { pressId: "one" });
    expect(await counterOf(id)).toBe(6);
    expect(filled[0]).toEqual(filled[1]);
  });
});

describe("a field without words beside a picture", () => {
  const beside = topFrame({ verdict: "none", codes: 0, bare: "picture" });

  it("takes the first code of an entry that was kept within half an hour, and not of an older one", async () => {
    const filled = fakeTab([beside]);
    const id = await keep(draft(20, bound));
    const at = (minutes: number): Promise<FillOutcome> => fill(id, { now: NOW + minutes * 60_000 });
    expect(await at(29)).toMatchObject({ kind: "filled", more: null });
    expect(filled[0]?.[1]).toBe("bare");
    expect(await at(31)).toEqual({ kind: "no-field", because: null });
    expect(filled).toHaveLength(1);
  });
});

describe("binding", () => {
  it.for([
    "bank.example/login",
    "https://bank.example",
    "eve@bank.example",
    "BANK.example",
    "bücher.example",
    "",
    "*.",
  ])("refuses what is no host: %s", async (site) => {
    const id = await keep(draft(11));
    await expect(bindSite(id, site)).rejects.toThrow();
  });

  it.for(["bank.example", "bank.example:8443", "localhost:3000", "xn--bcher-kva.example", "*.bank.example"])(
    "takes %s",
    async (site) => {
      const id = await keep(draft(12));
      expect(await bindSite(id, site)).toMatchObject({ ok: true });
      expect(await bindSite(id, site)).toMatchObject({ ok: true });
      expect((await readIndex()).find((row) => row.id === id)?.sites).toEqual([site]);
    },
  );
});
