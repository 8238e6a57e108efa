import { describe, expect, it } from "vitest";
import { previewExport } from "../../../extension/export/preview-export.ts";
import { WAYS_OUT, type WayOut } from "../../../extension/export/ways-out.ts";
import { exportCodes, writeExport } from "../../../extension/export/write-export.ts";
import { ForbiddenByPolicyError } from "../../../extension/policy/forbidden.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, moveEntry, setPinned } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { utf8 } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

startWithoutVault();

const PLAIN = { passphrase: null, now: Date.parse("2026-03-01T12:00:00") };
const optionsOf = ({ way }: WayOut) => ({
  ...PLAIN,
  passphrase: way === "encrypted" ? "the words of the file" : null,
});

function wayOut(id: WayOut["id"]): WayOut {
  const found = WAYS_OUT.find((way) => way.id === id);
  if (!found) throw Error("no such way out");
  return found;
}

describe("the ways out", () => {
  it("are an encrypted file, plain ones and QR codes, those first that most programs read", () => {
    const idsOf = (way: WayOut["way"]) =>
      WAYS_OUT.filter((out) => out.way === way).map(({ format }) => format.id);
    expect(idsOf("encrypted")).toEqual(["aegis"]);
    expect(idsOf("plain").toSorted()).toEqual(
      ["2fas", "2fauth", "aegis", "authenticator-extension", "bitwarden", "otpauth-list"].toSorted(),
    );
    expect(idsOf("plain").slice(-2).toSorted()).toEqual(["2fauth", "authenticator-extension"]);
    expect(idsOf("codes")).toEqual(["google-migration", "otpauth-list"]);
  });
});

describe("an export", () => {
  it("says before it is written what goes along whole, what loses something and what stays", async () => {
    await createVault();
    const ids = await addEntries(
      [
        draft(1),
        hotpDraft(2, 7),
        draft(3),
        draft(4, { type: "motp", pin: "1234", algorithm: "MD5" }),
        draft(5),
        draft(6, { note: "for the shop", tags: ["Work"] }),
      ],
      { now: 1 },
    );
    const [, , trash = "", motp = "", damaged = "", rich = ""] = ids;
    await moveToTrash([trash], 5);
    await db.entries.update(damaged, { sealed: new Uint8Array(64) });
    await setPinned(rich, true);
    expect(await previewExport(ids, wayOut("otpauth-list plain"))).toEqual({
      whole: 2,
      losses: [
        { named: { id: rich, issuer: "Issuer 6", account: "alice" }, fields: ["tags", "note", "pinned"] },
      ],
      leftOut: [
        {
          named: { id: motp, issuer: "Issuer 4", account: "alice" },
          reason: "type",
          parameters: { type: "motp", algorithm: "MD5", digits: 6, period: 30 },
        },
        { named: { id: damaged, issuer: "Issuer 5", account: "alice" }, reason: "damaged", parameters: null },
      ],
      inTrash: 1,
      counted: 1,
      codes: null,
    });
    const codes = await previewExport(ids, wayOut("google-migration codes"));
    expect([codes.codes, codes.leftOut.length]).toEqual([1, 2]);
  });

  it("holds in a preview no secret", async () => {
    await createVault();
    const ids = await addEntries([draft(1)], { now: 1 });
    for (const way of WAYS_OUT)
      expect(JSON.stringify(await previewExport(ids, way)), way.id).not.toContain("GEZDGNBVGY3TQOJQ");
  });

  it("has a line for each entry that was chosen, in the order of the list", async () => {
    await createVault();
    const [a = "", b = "", c = ""] = await addEntries([draft(1), hotpDraft(2, 7), draft(3)], { now: 1 });
    await moveEntry(b, { before: a });
    const file = await writeExport([a, b], wayOut("otpauth-list plain"), PLAIN);
    const lines = file.text.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^otpauth:\/\/hotp\/.*counter=7/);
    expect(lines[1]).toMatch(/^otpauth:\/\/totp\/.*secret=GEZDGNBVGY3TQOJQ/);
    expect(file).toMatchObject({ written: 2, leftOut: 0, mediaType: "text/plain" });
    expect(
      (await exportCodes([a, b, c], wayOut("otpauth-list codes"))).map(({ entries }) => entries.length),
    ).toEqual([1, 1, 1]);
  });

  // The encrypted one is opened by Node (aegis-vault.test.ts) and from the built extension (export.long.ts).
  it.each(WAYS_OUT.filter(({ way }) => way === "plain"))("is read back as $id", async (way) => {
    await createVault();
    const ids = await addEntries([draft(1), draft(2)], { now: 1 });
    const file = await writeExport(ids, way, PLAIN);
    expect(file.fileName).toMatch(/^countersign-[a-z0-9-]+-2026-03-01\.(json|txt)$/);
    expect(file.mediaType).toBe(file.fileName.endsWith("json") ? "application/json" : "text/plain");
    const read = await readFile(utf8(file.text), null);
    expect(read.ok && read.value.entries.map(({ draft: { secret } }) => secret)).toEqual(
      [draft(1), draft(2)].map(({ secret }) => secret),
    );
  });

  it("is not reported where the file does not read back, and takes a passphrase only where it encrypts", async () => {
    await createVault();
    const ids = await addEntries([draft(1), draft(2)], { now: 1 });
    const list = wayOut("otpauth-list plain");
    const broken: WayOut = {
      ...list,
      format: {
        ...list.format,
        write: async (entries) => ({
          text: "otpauth://totp/a?secret=JBSWY3DP\n".repeat(entries.length),
          ending: "txt",
          leftOut: [],
          losses: [],
        }),
      },
    };
    await expect(writeExport(ids, broken, PLAIN)).rejects.toThrow("read back");
    await expect(writeExport(ids, list, { ...PLAIN, passphrase: "words" })).rejects.toThrow("only");
    await expect(writeExport(ids, wayOut("aegis encrypted"), PLAIN)).rejects.toThrow("only");
    await expect(writeExport([], list, PLAIN)).rejects.toThrow("nothing");
  });

  it("is not made where that is forbidden, or the vault locked, while it is written", async () => {
    await createVaultWithPassphrase("alice keeps four random words");
    const ids = await addEntries([draft(1)], { now: 1 });
    const plain = wayOut("2fas plain");
    const { write } = plain.format;
    if (write === null) throw Error("it writes files");
    const meanwhile = (work: () => Promise<void>): WayOut => ({
      ...plain,
      format: { ...plain.format, write: (...asked) => work().then(() => write(...asked)) },
    });
    const forbid = (exportForbidden: boolean) => fakeApi.manage({ exportForbidden });
    const forbidden = writeExport(
      ids,
      meanwhile(() => forbid(true)),
      PLAIN,
    );
    await expect(forbidden).rejects.toThrow(ForbiddenByPolicyError);
    await forbid(false);
    const locked = writeExport(
      ids,
      meanwhile(() => lock("by-hand")),
      PLAIN,
    );
    await expect(locked).rejects.toThrow("locked");
  });

  it("is neither made nor looked at where the organisation forbids it, or the vault is locked", async () => {
    await createVaultWithPassphrase("correct horse battery staple");
    const ids = await addEntries([draft(1)], { now: 1 });
    await fakeApi.manage({ exportForbidden: true });
    for (const way of WAYS_OUT) {
      await expect(previewExport(ids, way), way.id).rejects.toThrow(ForbiddenByPolicyError);
      const made = way.way === "codes" ? exportCodes(ids, way) : writeExport(ids, way, optionsOf(way));
      await expect(made, way.id).rejects.toThrow(ForbiddenByPolicyError);
    }
    await fakeApi.manage({});
    await lock("by-hand");
    await expect(writeExport(ids, wayOut("2fas plain"), PLAIN)).rejects.toThrow("locked");
  });
});
