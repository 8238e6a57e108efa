import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, bytesToHex } from "../../../shared/bytes.ts";
import {
  type Bundle,
  type BundlePlace,
  openBundle,
  sealBundle,
  withFormerKeys,
} from "../../../shared/identity/bundle.ts";
import { openDeviceLabel, sealDeviceLabel } from "../../../shared/identity/device-label.ts";
import * as proofs from "../../../shared/identity/proofs.ts";
import { accountKeyOf, newRecoveryKey } from "../../../shared/identity/recovery-key.ts";
import {
  kitKek,
  newDek,
  type Owner,
  passwordKek,
  unwrapDek,
  WRAP_BYTES,
  type WrappingKey,
  wrapDek,
} from "../../../shared/identity/wrap.ts";
import { random } from "../group/people.ts";

const OWNER: Owner = { serverId: "harbour", userId: "alice" };
const KEY = "A".repeat(43);

const bundle = (patch: Partial<Bundle> = {}): Bundle => ({
  version: 1,
  userId: "alice",
  ver: 3,
  signingSeed: KEY,
  openingSecret: KEY,
  groups: { AAAAAAAAAAAAAAAAAAAAAA: { n: 7, head: KEY } },
  contacts: { bob: { sig: KEY, enc: KEY, comparedAt: 1_700_000_000_000 } },
  ...patch,
});

const place = (patch: Partial<BundlePlace> = {}): BundlePlace => ({ ...OWNER, ver: 3, ...patch });

async function sealed(dek: Bytes, of = bundle()): Promise<Bytes> {
  const made = await sealBundle(dek, OWNER.serverId, of);
  if (!made.ok) throw Error(made.error);
  return made.value;
}

/** Every bit of some bytes turned over, one at a time, or as many as there is time for. */
function flipped(bytes: Bytes, step: number): Bytes[] {
  const all: Bytes[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += step) {
    const copy = bytes.slice();
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    all.push(copy);
  }
  return all;
}

describe("a bundle's key", () => {
  let recoveryKey: Bytes;
  let dek: Bytes;
  let exportKey: Bytes;
  let byPassword: WrappingKey;

  beforeAll(async () => {
    [recoveryKey, dek, exportKey] = [newRecoveryKey(), newDek(), random(64)];
    byPassword = await passwordKek({ exportKey, accountKey: await accountKeyOf(recoveryKey) }, OWNER);
  });

  it("is unwrapped with password and account key, or with the kit", async () => {
    for (const kek of [byPassword, await kitKek(recoveryKey, OWNER)]) {
      const wrapped = await wrapDek(kek, dek);
      expect(wrapped).toHaveLength(WRAP_BYTES);
      expect(await unwrapDek(kek, wrapped)).toEqual({ ok: true, value: dek });
    }
  });

  it("is not unwrapped with only one of two, with another kit, for somebody else, or the other way", async () => {
    const wrapped = await wrapDek(byPassword, dek);
    const accountKey = await accountKeyOf(recoveryKey);
    const others = [
      await passwordKek({ exportKey: random(64), accountKey }, OWNER),
      await passwordKek({ exportKey, accountKey: random(32) }, OWNER),
      await passwordKek({ exportKey, accountKey }, { ...OWNER, userId: "bob" }),
      await passwordKek({ exportKey, accountKey }, { ...OWNER, serverId: "another" }),
      await kitKek(recoveryKey, OWNER),
      await kitKek(newRecoveryKey(), OWNER),
    ];
    for (const kek of others)
      expect(await unwrapDek(kek, wrapped)).toEqual({ ok: false, error: "wrong-key" });
  });

  it("is bound to what its wrapping key was made for, not to the bytes of it alone", async () => {
    const wrapped = await wrapDek(byPassword, dek);
    const sameBytes: WrappingKey[] = [
      { ...byPassword, kind: "rk" },
      { ...byPassword, owner: { ...OWNER, userId: "bob" } },
      { ...byPassword, owner: { ...OWNER, serverId: "another" } },
    ];
    for (const kek of sameBytes)
      expect(await unwrapDek(kek, wrapped)).toEqual({ ok: false, error: "corrupt" });
  });

  it("is refused with any bit changed, or of another length", async () => {
    const wrapped = await wrapDek(byPassword, dek);
    for (const changed of flipped(wrapped, 1)) expect((await unwrapDek(byPassword, changed)).ok).toBe(false);
    for (const other of [wrapped.slice(1), new Uint8Array(0), new Uint8Array([...wrapped, 0])])
      expect(await unwrapDek(byPassword, other)).toEqual({ ok: false, error: "corrupt" });
  });

  it("is made of secrets of the right lengths alone", async () => {
    await expect(passwordKek({ exportKey: random(63), accountKey: random(33) }, OWNER)).rejects.toThrow();
    await expect(kitKek(random(19), OWNER)).rejects.toThrow("20 bytes");
    await expect(accountKeyOf(random(21))).rejects.toThrow("20 bytes");
    await expect(wrapDek(byPassword, random(31))).rejects.toThrow("32 bytes");
  });
});

describe("a bundle", () => {
  it("comes back as it was, for its owner and its version alone", async () => {
    const dek = newDek();
    const ciphertext = await sealed(dek);
    expect(await openBundle(dek, place(), ciphertext)).toEqual({ ok: true, value: bundle() });
    const elsewhere = [{ serverId: "another" }, { userId: "bob" }, { ver: 2 }, { ver: 4 }].map(place);
    for (const other of elsewhere)
      expect(await openBundle(dek, other, ciphertext)).toEqual({ ok: false, error: "corrupt" });
    expect((await openBundle(newDek(), place(), ciphertext)).ok).toBe(false);
    for (const changed of flipped(ciphertext, 61))
      expect((await openBundle(dek, place(), changed)).ok).toBe(false);
  });

  it("shows by its length to a thousand bytes how much is in it", async () => {
    const dek = newDek();
    const [few, more] = [await sealed(dek, bundle({ contacts: {} })), await sealed(dek)];
    expect(few.length).toBe(more.length);
  });

  it("with more in it than the server takes is not made", async () => {
    const contacts = Object.fromEntries(
      Array.from({ length: 2000 }, (_, at) => [`user-${at}`, { sig: KEY, enc: KEY, comparedAt: at }]),
    );
    expect(await sealBundle(newDek(), "harbour", bundle({ contacts }))).toMatchObject({ error: "too-long" });
  });

  it("with anything but a bundle inside is not made", async () => {
    for (const patch of [{ ver: 0 }, { signingSeed: "short" }, { more: 1 }, { version: 2 }])
      await expect(
        sealBundle(newDek(), "harbour", { ...bundle(), ...patch } as unknown as Bundle),
      ).rejects.toThrow();
  });

  it("with former keys is told from one without by its version, and comes back as it was", async () => {
    const dek = newDek();
    const former = [{ signingSeed: KEY, openingSecret: KEY }];
    const of = withFormerKeys(bundle(), former);
    expect(of).toMatchObject({ version: 2, former });
    expect(await openBundle(dek, place(), await sealed(dek, of))).toEqual({ ok: true, value: of });
    expect(withFormerKeys(of, [])).toEqual(bundle());
    for (const patch of [
      { version: 1 as const, former },
      { version: 2 as const, former: [] },
    ])
      await expect(sealBundle(newDek(), "harbour", bundle(patch))).rejects.toThrow();
  });

  it("keeps whatever groups and contacts there are", async () => {
    const count = fc.nat({ max: 1_000_000 });
    const groups = fc.dictionary(
      fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      fc.record({ n: count, head: fc.constant(KEY) }),
      {
        maxKeys: 9,
      },
    );
    await fc.assert(
      fc.asyncProperty(groups, fc.integer({ min: 1, max: 1_000_000 }), async (some, ver) => {
        const dek = newDek();
        const of = bundle({ groups: some, ver });
        const opened = await openBundle(dek, place({ ver }), await sealed(dek, of));
        expect(opened.ok && JSON.stringify(opened.value)).toBe(JSON.stringify(of));
      }),
      { numRuns: 40 },
    );
  });
});

describe("a device's label", () => {
  const at = { ...OWNER, sessionId: KEY };

  it("is read by whoever has the account key, for that session alone, and is of one length", async () => {
    const accountKey = random(32);
    const labels = ["", "MacBook", "办公室的电脑，二楼", "x".repeat(160)];
    const lengths = new Set<number>();
    for (const label of labels) {
      const made = await sealDeviceLabel(accountKey, at, label);
      if (!made.ok) throw Error(made.error);
      lengths.add(made.value.length);
      expect(await openDeviceLabel(accountKey, at, made.value)).toEqual({ ok: true, value: label });
      const corrupt = { ok: false, error: "corrupt" };
      expect(await openDeviceLabel(random(32), at, made.value)).toEqual(corrupt);
      for (const patch of [{ sessionId: "other" }, { userId: "bob" }, { serverId: "another" }])
        expect(await openDeviceLabel(accountKey, { ...at, ...patch }, made.value)).toEqual(corrupt);
    }
    expect(lengths.size).toBe(1);
    expect(await sealDeviceLabel(accountKey, at, "x".repeat(200))).toEqual({ ok: false, error: "too-long" });
  });
});

describe("what somebody signs about themselves", () => {
  it("is never what is signed for something else", async () => {
    const [said, ver] = [{ email: "e", record: "r", sig: "s", enc: "n", recovery: "k" }, 2];
    const all = [
      await proofs.registrationContext("harbour", said),
      await proofs.passwordChangeContext("alice", { record: "r", ver }),
      await proofs.passwordChangeContext("alice", { record: "r", ver: 3 }),
      await proofs.passwordChangeContext("bob", { record: "r", ver }),
      proofs.kitChangeContext("alice", { recovery: "k", ver }),
      await proofs.bundleContext("alice", { bundle: new Uint8Array([114]), ver }),
      proofs.emailChangeContext("harbour", "alice", "e"),
      proofs.recoveryContext("harbour", "challenge"),
      await proofs.recoveredContext("harbour", "alice", { record: "r", recovery: "k", ver }),
    ].map(bytesToHex);
    expect(new Set(all).size).toBe(all.length);
  });
});
