import { describe, expect, it } from "vitest";
import { answerOf, choicesOf } from "../../../extension/import/answers.ts";
import { type ImportItem, planImport, withDraft } from "../../../extension/import/plan-import.ts";
import { addEntries, changeEntry } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { VaultLockedError } from "../../../extension/vault/vault-locked.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { fromFile } from "./import-drafts.ts";

startWithoutVault();

/** What the preview says of each, short. */
function said(items: readonly ImportItem[]): unknown[] {
  return items.map((item) => (item.kind === "differs" ? [...item.fields].sort() : item.kind));
}

async function planOf(...drafts: Parameters<typeof fromFile>[0][]): Promise<ImportItem[]> {
  return planImport(
    drafts.map((one) => fromFile(one)),
    [],
  );
}

describe("what a file holds", () => {
  it("is new where nothing is here, or no vault at all", async () => {
    expect(said(await planOf(draft(1), draft(2)))).toEqual(["new", "new"]);
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    expect(said(await planOf(draft(2)))).toEqual(["new"]);
  });

  it("is the same where the file says nothing that is not here", async () => {
    await createVault();
    await addEntries([draft(1, { note: "mine", tags: ["work"], sites: ["a.example"] })], { now: 1 });
    const [item] = await planOf(draft(1, { secret: draft(1).secret }));
    expect(item?.kind).toBe("same");
    expect(said(await planOf(draft(1, { tags: ["work"], issuer: "" })))).toEqual(["same"]);
  });

  it("is the same, whichever of its two spellings a secret of Yandex has", async () => {
    const kind = { type: "yandex", algorithm: "SHA256", digits: 8, pin: "7586" } as const;
    const short = draft(1, { ...kind, secret: "LA2V6KMCGYMWWVEW64RNP3JA3I" });
    const long = draft(1, { ...kind, secret: "LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI" });
    await createVault();
    await addEntries([short], { now: 1 });
    expect(said(await planOf(long, short))).toEqual(["same", "same"]);
  });

  it("differs in what the file says otherwise, parameters and key included", async () => {
    await createVault();
    await addEntries([draft(1), hotpDraft(2, 7)], { now: 1 });
    expect(
      said(
        await planOf(
          draft(1, { issuer: "Renamed", account: "bob", tags: ["work"], note: "from there" }),
          draft(1, { digits: 8, algorithm: "SHA256", period: 60 }),
          draft(9, { issuer: "issuer 1", account: "ALICE" }),
          hotpDraft(2, 9),
          hotpDraft(2, 3),
        ),
      ),
    ).toEqual([
      ["account", "issuer", "note", "tags"],
      ["algorithm", "digits", "period"],
      ["account", "issuer", "secret"],
      ["counter"],
      "same",
    ]);
  });

  it("means the one with its names where several have its secret, and nobody where several have its names", async () => {
    await createVault();
    const [, second] = await addEntries(
      [draft(1, { account: "alice" }), draft(1, { account: "bob" }), draft(2, { account: "eve" })],
      { now: 1 },
    );
    const [item] = await planOf(draft(1, { account: "bob" }));
    expect(item).toMatchObject({ kind: "same", local: { id: second } });
    await addEntries([draft(3, { issuer: "Issuer 2", account: "eve" })], { now: 1 });
    expect(said(await planOf(draft(8, { issuer: "Issuer 2", account: "eve" })))).toEqual(["new"]);
  });

  it("is taken once where the file has it twice, but under two names twice", async () => {
    expect(said(await planOf(draft(1), draft(1), draft(1, { account: "bob" })))).toEqual([
      "new",
      "same",
      "new",
    ]);
  });

  it("differs by the trash where it lies there, unless it lay in one in its app as well", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await moveToTrash([id], 5);
    const drafts = [fromFile(draft(1)), fromFile(draft(1, { account: "" }), { trashed: true })];
    expect(said(await planImport(drafts, []))).toEqual([["deletedAt"], "same"]);
  });

  it("that can’t be kept stands at the end, with its reason", async () => {
    await createVault();
    const refused = {
      label: "Old",
      reason: "unknown-algorithm",
      detail: "MD4",
      correction: null,
      line: 3,
    } as const;
    const items = await planImport([fromFile(draft(1))], [refused]);
    expect(items.at(-1)).toEqual({ key: "refused-0", kind: "refused", ...refused });
  });

  it("is compared anew after it was edited", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const [item] = await planOf(draft(1, { account: "bob", note: "n" }));
    if (item?.kind !== "differs") throw Error("it differs");
    expect(withDraft(item, { ...item.draft, account: "alice" })).toMatchObject({ fields: ["note"] });
  });

  it("is not compared with a vault that is locked", async () => {
    await createVaultWithPassphrase("correct horse battery staple");
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await changeEntry(id, { note: "n" });
    await lock("by-hand");
    await expect(planOf(draft(1))).rejects.toThrow(VaultLockedError);
  });
});

describe("what is chosen unless somebody says otherwise", () => {
  it("is what is new and did not lie in a trash; of what differs the one here stays", async () => {
    await createVault();
    await addEntries([draft(1), draft(2)], { now: 1 });
    const drafts = [draft(1), draft(2, { account: "bob" }), draft(3), draft(4)].map((one) => fromFile(one));
    const items = await planImport([...drafts, fromFile(draft(5), { trashed: true })], []);
    expect(items.map((item) => answerOf(item, new Map()))).toEqual(["skip", "skip", "add", "add", "skip"]);
    const key = items[1]?.key ?? "";
    const kinds = (answer: "take" | "both") =>
      choicesOf(items, new Map([[key, answer]])).map(({ kind }) => kind);
    expect(kinds("take")).toEqual(["take", "add", "add"]);
    expect(kinds("both")).toEqual(["add", "add", "add"]);
  });
});
