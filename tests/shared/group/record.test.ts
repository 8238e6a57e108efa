import { describe, expect, it } from "vitest";
import { base64urlToBytes, utf8 } from "../../../shared/bytes.ts";
import { importAeadKey } from "../../../shared/crypto/aead.ts";
import {
  hashRecord,
  MOST_RECORD_BYTES,
  openRecord,
  type RecordContent,
  type RecordPlace,
  resealRecord,
  sealRecord,
} from "../../../shared/group/record.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import { random } from "./people.ts";

const G = "AAAAAAAAAAAAAAAAAAAAAA";
const GROUP = { kind: "group", name: "", people: {}, isPersonal: false, others: {} } as const;

describe("a record", () => {
  const place: RecordPlace = {
    g: G,
    id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ver: 2,
    epoch: 1,
    by: "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b",
  };
  const entry = draftToEntry(
    {
      type: "totp",
      issuer: "Harbour",
      account: "alice@example.com",
      secret: "JBSWY3DPEHPK3PXP",
      algorithm: "SHA1",
      digits: 6,
      period: 30,
      counter: null,
      pin: null,
    },
    1,
  );
  const content: RecordContent = { kind: "entry", entry };

  async function sealed(of: RecordContent = content) {
    const key = await importAeadKey(random(32));
    const ciphertext = await sealRecord(key, place, of);
    if (!ciphertext.ok) throw Error(ciphertext.error);
    return { key, ciphertext: ciphertext.value };
  }

  it("comes back as it was, with what a newer version added", async () => {
    const newer = { kind: "entry", entry: { ...entry, colour: "teal" } } as RecordContent;
    for (const each of [
      content,
      newer,
      { ...GROUP, name: "云 Cloud", people: { a: "alice@example.com" } },
      { ...GROUP, isPersonal: true, others: { colour: "teal" } },
    ]) {
      const { key, ciphertext } = await sealed(each);
      expect(await openRecord(key, place, ciphertext)).toEqual({ ok: true, value: each });
    }
  });

  it("opens in its own place alone: each field of it is bound", async () => {
    const { key, ciphertext } = await sealed();
    const others: Partial<RecordPlace>[] = [
      { g: G.replace("A", "B") },
      { id: place.by },
      { ver: 3 },
      { epoch: 2 },
      { by: place.id },
    ];
    for (const other of others) {
      const opened = await openRecord(key, { ...place, ...other }, ciphertext);
      expect(opened, JSON.stringify(other)).toEqual({ ok: false, error: "corrupt" });
    }
    const anotherKey = await importAeadKey(random(32));
    expect(await openRecord(anotherKey, place, ciphertext)).toEqual({ ok: false, error: "corrupt" });
  });

  it("has one of few lengths, whatever is in it, so that a length tells next to nothing", async () => {
    const lengths = new Set<number>();
    for (let letters = 0; letters < 200; letters += 7) {
      const { ciphertext } = await sealed({
        ...GROUP,
        name: "x".repeat(letters),
        isPersonal: letters % 2 === 0,
      });
      lengths.add(ciphertext.length);
    }
    expect([...lengths]).toEqual([12 + 256 + 16]);
  });

  it("that is too long for the server is said to be", async () => {
    const key = await importAeadKey(random(32));
    const long = { ...GROUP, name: "x".repeat(MOST_RECORD_BYTES) };
    expect(await sealRecord(key, place, long)).toEqual({ ok: false, error: "too-long" });
  });

  it("of a kind that is not known yet is kept, not called damaged", async () => {
    const { key, ciphertext } = await sealed({ kind: "lamp" } as unknown as RecordContent);
    expect(await openRecord(key, place, ciphertext)).toEqual({ ok: false, error: "newer-version" });
  });

  it("is known to the log by its hash", async () => {
    const hash = base64urlToBytes(await hashRecord(utf8("abc")));
    // FIPS 180-4's example.
    expect(hash.ok && Buffer.from(hash.value).toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(await hashRecord(random(8))).not.toBe(await hashRecord(random(8)));
  });

  it("goes under another key whatever is in it, a content of a later version too", async () => {
    const { key, ciphertext } = await sealed({ kind: "constellation", stars: 7 } as unknown as RecordContent);
    const [next, there] = [await importAeadKey(random(32)), { ...place, ver: 3, epoch: 2 }];
    const again = await resealRecord({ key, place, sealed: ciphertext }, { key: next, place: there });
    expect(await openRecord(next, there, again)).toEqual({ ok: false, error: "newer-version" });
    const entryAgain = await sealed();
    const moved = await resealRecord(
      { key: entryAgain.key, place, sealed: entryAgain.ciphertext },
      { key: next, place: there },
    );
    expect(await openRecord(next, there, moved)).toEqual({ ok: true, value: content });
  });

  it("that nobody can open does not keep a group from getting a new key", async () => {
    const { key } = await sealed();
    const [next, there] = [await importAeadKey(random(32)), { ...place, ver: 3, epoch: 2 }];
    const again = await resealRecord({ key, place, sealed: random(300) }, { key: next, place: there });
    expect(await openRecord(next, there, again)).toEqual({ ok: false, error: "newer-version" });
  });
});
