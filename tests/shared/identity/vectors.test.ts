import { describe, expect, it } from "vitest";
import { type Bytes, bytesToHex, hexToBytes } from "../../../shared/bytes.ts";
import { openBundle } from "../../../shared/identity/bundle.ts";
import { openDeviceLabel } from "../../../shared/identity/device-label.ts";
import * as proofs from "../../../shared/identity/proofs.ts";
import {
  accountKeyOf,
  formatKit,
  parseKit,
  recoverySigningKeyOf,
} from "../../../shared/identity/recovery-key.ts";
import { kitKek, passwordKek, unwrapDek } from "../../../shared/identity/wrap.ts";
import vectors from "../../vectors/identity.json" with { type: "json" };

/** Made once and never again: what is out there on paper and at servers opens for ever. */
describe("the frozen vectors", () => {
  const bytes = (hex: string): Bytes => {
    const read = hexToBytes(hex);
    if (!read.ok) throw Error(read.error);
    return read.value;
  };
  const owner = { serverId: vectors.serverId, userId: vectors.userId };

  it("give the same keys from the same kit", async () => {
    const key = bytes(vectors.recoveryKey);
    expect(await formatKit(key)).toBe(vectors.kit);
    expect(await parseKit(vectors.kit)).toEqual({ ok: true, value: key });
    expect(bytesToHex(await accountKeyOf(key))).toBe(vectors.accountKey);
    expect(bytesToHex((await recoverySigningKeyOf(key)).publicKey)).toBe(vectors.recoveryPublicKey);
    expect(bytesToHex((await kitKek(key, owner)).bytes)).toBe(vectors.kitKek);
  });

  it("open what was wrapped and sealed", async () => {
    const kit = await kitKek(bytes(vectors.recoveryKey), owner);
    const accountKey = bytes(vectors.accountKey);
    const password = await passwordKek({ exportKey: bytes(vectors.exportKey), accountKey }, owner);
    expect(bytesToHex(password.bytes)).toBe(vectors.passwordKek);
    const dek = { ok: true, value: bytes(vectors.dek) };
    expect(await unwrapDek(kit, bytes(vectors.wrappedByKit))).toEqual(dek);
    expect(await unwrapDek(password, bytes(vectors.wrappedByPassword))).toEqual(dek);
    const opened = await openBundle(
      dek.value,
      { ...owner, ver: vectors.bundle.ver },
      bytes(vectors.sealedBundle),
    );
    expect(opened).toEqual({ ok: true, value: vectors.bundle });
    const at = { ...owner, sessionId: vectors.sessionId };
    expect(await openDeviceLabel(accountKey, at, bytes(vectors.sealedLabel))).toEqual({
      ok: true,
      value: vectors.label,
    });
  });

  it("are what is signed", async () => {
    const { said, ver, contexts } = vectors;
    const { serverId, userId } = owner;
    expect({
      registration: bytesToHex(await proofs.registrationContext(serverId, said)),
      passwordChange: bytesToHex(await proofs.passwordChangeContext(userId, { record: said.record, ver })),
      kitChange: bytesToHex(proofs.kitChangeContext(userId, { recovery: said.recovery, ver })),
      bundle: bytesToHex(await proofs.bundleContext(userId, { bundle: bytes(vectors.dek), ver })),
      emailChange: bytesToHex(proofs.emailChangeContext(serverId, userId, said.email)),
      recovery: bytesToHex(proofs.recoveryContext(serverId, "challenge")),
      recovered: bytesToHex(await proofs.recoveredContext(serverId, userId, { ...said, ver })),
    }).toEqual(contexts);
  });
});
