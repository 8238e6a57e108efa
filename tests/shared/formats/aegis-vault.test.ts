import { createCipheriv, createDecipheriv, scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { aegisFormat } from "../../../shared/formats/aegis.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { alice, bob } from "./written-entries.ts";

describe("an encrypted vault of Aegis", () => {
  test("opens for whoever follows its description, and for nobody else", async () => {
    const { text } = await aegisFormat.write([alice, bob], "pässwörd 密码");
    expect(text).not.toMatch(/JBSWY3DP|alice|Example/);
    const vault = JSON.parse(text);
    const [slot] = vault.header.slots;
    expect(vault).toMatchObject({ version: 1, header: { slots: [{ type: 1, n: 32768, r: 8, p: 1 }] } });
    const cost = { N: slot.n, r: slot.r, p: slot.p, maxmem: 64 * 1024 * 1024 };
    const key = scryptSync("pässwörd 密码", Buffer.from(slot.salt, "hex"), 32, cost);
    const master = openedByNode(key, Buffer.from(slot.key, "hex"), slot.key_params);
    const database = JSON.parse(
      openedByNode(master, Buffer.from(vault.db, "base64"), vault.header.params).toString(),
    );
    expect(database).toMatchObject({
      version: 3,
      entries: [
        { type: "totp", name: "alice", issuer: "Example", note: "for the shop", favorite: false, icon: null },
        {
          type: "hotp",
          name: "bob",
          icon_mime: "image/png",
          info: { secret: "JBSWY3DPEHPK3PXP", counter: 41 },
        },
      ],
    });
    expect(database.entries[0].info).toEqual({
      secret: "JBSWY3DPEHPK3PXP",
      algo: "SHA256",
      digits: 8,
      period: 60,
    });
    const names = new Map(
      database.groups.map(({ uuid, name }: { uuid: string; name: string }) => [uuid, name]),
    );
    expect(database.entries[0].groups.map((id: string) => names.get(id))).toEqual(["Work", "Home"]);
    expect(await readFile(utf8(text), "pässwörd 密码")).toMatchObject({ value: { entries: [{}, {}] } });
    expect(await readFile(utf8(text), "password")).toMatchObject({ error: { reason: "wrong-passphrase" } });
  });

  test.each([
    ["by Android", 2, "correct horse battery staple, a long one"],
    ["by Java, in Chinese", 1.1, "密码".repeat(40)],
  ])(
    "opens where its slot was never repaired: with zeros behind a long password, as made %s",
    async (_, each, password) => {
      const { text } = await aegisFormat.write([alice], password);
      const vault = JSON.parse(text);
      const [slot] = vault.header.slots;
      const cost = { N: slot.n, r: slot.r, p: slot.p, maxmem: 64 * 1024 * 1024 };
      const salt = Buffer.from(slot.salt, "hex");
      const bytes = Buffer.from(password);
      let room = Math.floor(password.length * each);
      while (room < bytes.length) room = 2 * room + 1;
      const master = openedByNode(
        scryptSync(bytes, salt, 32, cost),
        Buffer.from(slot.key, "hex"),
        slot.key_params,
      );
      const old = scryptSync(Buffer.concat([bytes], room), salt, 32, cost);
      const cipher = createCipheriv("aes-256-gcm", old, Buffer.from(slot.key_params.nonce, "hex"));
      slot.key = Buffer.concat([cipher.update(master), cipher.final()]).toString("hex");
      slot.key_params.tag = cipher.getAuthTag().toString("hex");
      const read = (repaired: boolean) => {
        slot.repaired = repaired;
        return readFile(utf8(JSON.stringify(vault)), password);
      };
      expect(await read(false)).toMatchObject({ value: { entries: [{}] } });
      expect(await read(true)).toMatchObject({ error: { reason: "wrong-passphrase" } });
    },
  );

  test("shares no key, salt or nonce with another", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(async () => (await aegisFormat.write([alice], "x")).text),
    );
    const hexOf = (text = ""): string[] => text.match(/[0-9a-f]{24,}/g) ?? [];
    expect(hexOf(first)).toHaveLength(6);
    expect(hexOf(first).filter((part) => hexOf(second).includes(part))).toEqual([]);
  });
});

function openedByNode(
  key: Uint8Array,
  ciphertext: Uint8Array,
  params: { nonce: string; tag: string },
): Buffer {
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(params.nonce, "hex"));
  cipher.setAuthTag(Buffer.from(params.tag, "hex"));
  return Buffer.concat([cipher.update(ciphertext), cipher.final()]);
}
