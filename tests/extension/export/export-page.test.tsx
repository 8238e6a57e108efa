import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ExportPage } from "../../../extension/entrypoints/page/export/export-page.tsx";
import { addMessages, t, tn } from "../../../extension/ui/i18n.ts";
import { EXPORT_MESSAGES } from "../../../extension/ui/messages/export.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { parseMigrationUri } from "../../../shared/formats/google-migration.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { parseOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import { browser, fakeApi } from "../../support/fake-extension-api.ts";
import { scannedSvg } from "../scan/scanned-svg.ts";
import { breakDatabase, mendDatabase } from "../vault/break-database.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

const UNLOCKED = { kind: "unlocked", protection: "device", lockAt: null } as const;

addMessages(EXPORT_MESSAGES);
startWithoutVault();
beforeEach(() => {
  location.hash = "#/export";
});
afterEach(async () => {
  await act(() => render(null, document.body));
  mendDatabase();
});

/** Shows the page over these accounts. @returns what it says */
async function open(
  drafts: readonly EntryDraft[],
  hash: (ids: string[]) => Promise<string> = async () => "#/export",
) {
  const said: string[] = [];
  await createVault();
  location.hash = await hash(await addEntries(drafts, { now: 1 }));
  await act(() =>
    render(<ExportPage vault={UNLOCKED} say={({ sentence }) => said.push(sentence)} />, document.body),
  );
  await vi.waitFor(() => expect(document.querySelector("input[name=way]")).not.toBeNull());
  return said;
}
const text = () => document.body.textContent?.trim() ?? "";

async function choose(title: string, kind: "encrypted" | "plain" | "codes" | "paper"): Promise<void> {
  const group = [...document.querySelectorAll("fieldset")].find(
    (fieldset) => fieldset.querySelector("legend")?.textContent === t(`export.kind.${kind}`),
  );
  const label = [...(group?.querySelectorAll("label") ?? [])].find(
    (each) => each.querySelector("strong")?.textContent === title,
  );
  const input = label?.querySelector("input");
  if (!input) throw Error(`no form ${title}`);
  await act(() => input.click());
}
const button = (name: string) =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
async function press(name: string): Promise<void> {
  await vi.waitFor(() => expect(button(name), name).toBeDefined());
  await act(() => button(name)?.click());
}
const key = (name: string) =>
  act(() => void document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true })));

/** What jsQR reads of the code on the screen. */
const scanned = () => scannedSvg(document.querySelector<SVGSVGElement>(".export-code svg"));

describe("the page of exporting", () => {
  it("says of each form what gets lost, before anything is written", async () => {
    await open([
      draft(1),
      draft(2, { note: "for the shop" }),
      draft(3, { type: "motp", pin: "1", algorithm: "MD5" }),
    ]);
    expect(text()).toContain(tn("export.all", 3));
    expect(text()).toContain(t("export.choose-form"));
    await choose("2FAuth", "plain");
    await vi.waitFor(() => expect(text()).toContain(t("export.loses", { fields: t("export.lost.note") })));
    expect(text()).toContain(t("export.why.type", { type: t("export.type.motp") }));
    expect(text()).toContain(
      [tn("export.whole", 1), tn("export.some-lost", 1), tn("export.some-stay", 1)].join(" "),
    );
    await choose("Aegis", "encrypted");
    await vi.waitFor(() => expect(text()).toContain(tn("export.all-whole", 3)));
  });

  it("puts hundreds together by what they lose, and lists them where that is opened", async () => {
    await open(Array.from({ length: 70 }, (_, at) => draft(at + 1, { note: "n" })));
    await choose("2FAuth", "plain");
    const group = t("export.group-count", {
      what: t("export.loses", { fields: t("export.lost.note") }),
      count: 70,
    });
    await vi.waitFor(() => expect(document.querySelector("summary")?.textContent).toBe(group));
    expect(document.querySelectorAll(".export-list li")).toHaveLength(0);
    await act(() => document.querySelector("summary")?.click());
    await vi.waitFor(() => expect(document.querySelectorAll(".export-list li")).toHaveLength(70));
  });

  it("takes along what was chosen in the list, or all", async () => {
    await open([draft(1), draft(2), draft(3)], async ([first = ""]) => {
      await browser.storage.session.set({ sheets: { mine: [first] } });
      return "#/export?of=mine";
    });
    await vi.waitFor(() => expect(text()).toContain(tn("export.chosen", 1)));
    await choose("2FAuth", "plain");
    await vi.waitFor(() => expect(text()).toContain(tn("export.all-whole", 1)));
    await act(() => document.querySelectorAll<HTMLInputElement>("input[name=which]")[1]?.click());
    await vi.waitFor(() => expect(text()).toContain(tn("export.all-whole", 3)));
  });

  it("shows Google Authenticator's codes one after the other, as jsQR reads them, and nothing of them afterwards", async () => {
    const drafts = Array.from({ length: 23 }, (_, at) =>
      draft(at + 1, { account: "a.rather.long.name@example.com" }),
    );
    await open(drafts);
    await choose(t("export.code-many", { program: "Google Authenticator" }), "codes");
    await press(tn("export.show", 3));
    await vi.waitFor(() => expect(text()).toContain(t("export.place", { number: 1, count: 3 })));
    // It listens to keys once it has taken the focus.
    await vi.waitFor(() => expect(document.activeElement?.tagName).toMatch(/^H\d$/));
    const read: string[] = [];
    for (const number of [1, 2, 3]) {
      expect(text()).toContain(t("export.place", { number, count: 3 }));
      const part = parseMigrationUri(await scanned());
      expect(part).toMatchObject({ ok: true, value: { batchSize: 3, batchIndex: number - 1 } });
      read.push(...(part.ok ? part.value.drafts.map(({ secret }) => secret) : []));
      await key("ArrowRight");
    }
    expect(read).toEqual(drafts.map(({ secret }) => secret));
    await key("Home");
    expect(text()).toContain(t("export.place", { number: 1, count: 3 }));
    await key("Escape");
    expect(document.querySelector("svg.sheet-qr")).toBeNull();
  });

  it("shows one code for each account, names as long as they may be, and ends when the organisation forbids it", async () => {
    const long = draft(2, { issuer: "示例".repeat(9), account: "爱丽丝".repeat(8) });
    await open([draft(1), long]);
    await choose(t("export.code-each"), "codes");
    await press(tn("export.show", 2));
    for (const wanted of [draft(1), long]) {
      await vi.waitFor(() => expect(document.querySelector(".export-code svg")).not.toBeNull());
      expect(parseOtpauthUri(await scanned())).toMatchObject({ ok: true, value: { draft: wanted } });
      await press(t("export.next"));
    }
    await act(() => fakeApi.manage({ exportForbidden: true }));
    await vi.waitFor(() => expect(text()).toBe(t("policy.export-forbidden")));
  });

  it("says that nothing was written where the accounts can't be read", async () => {
    const said = await open([draft(1)]);
    await choose("2FAuth", "plain");
    await vi.waitFor(() => expect(button(t("export.write-anyway"))).toBeDefined());
    breakDatabase();
    await press(t("export.write-anyway"));
    await vi.waitFor(() => expect(said).toEqual([t("export.failed")]));
  });
});
