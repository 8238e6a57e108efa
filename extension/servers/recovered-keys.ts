import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { type Bundle, openBundle, sealBundle } from "../../shared/identity/bundle.ts";
import { recoveredContext } from "../../shared/identity/proofs.ts";
import { accountKeyOf, recoverySigningKeyOf } from "../../shared/identity/recovery-key.ts";
import { kitKek, newDek, passwordKek, unwrapDek, wrapDek } from "../../shared/identity/wrap.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { storedBytes } from "./stored-bytes.ts";

/** Opens the person's own keys with the kit. Whatever a server gives in their place is none that the kit has wrapped. */
export async function openWithKit(
  given: { readonly wrappedByKit: string; readonly bundle: string; readonly ver: number },
  owner: { readonly serverId: string; readonly userId: string },
  recoveryKey: Bytes,
): Promise<Result<Bundle, "keys-damaged" | "keys-newer-version">> {
  const [sealed, wrapped] = [given.bundle, given.wrappedByKit].map(base64urlToBytes);
  if (!sealed?.ok || !wrapped?.ok) return err("keys-damaged");
  const dek = await unwrapDek(await kitKek(recoveryKey, owner), wrapped.value);
  if (!dek.ok) return err("keys-damaged");
  const opened = await openBundle(dek.value, { ...owner, ver: given.ver }, sealed.value);
  if (!opened.ok) return err(opened.error === "corrupt" ? "keys-damaged" : "keys-newer-version");
  return opened;
}

/** The same keys of the person, under everything new: kit, account key, bundle key, password. */
export async function keysAnew(
  before: Bundle,
  owner: { readonly serverId: string; readonly userId: string },
  {
    recoveryKey,
    record,
    exportKey,
  }: { readonly recoveryKey: Bytes; readonly record: string; readonly exportKey: Bytes },
) {
  const dek = newDek();
  const bundle: Bundle = { ...before, ver: before.ver + 1 };
  const sealed = await sealBundle(dek, owner.serverId, bundle);
  if (!sealed.ok) return sealed;
  const accountKey = await accountKeyOf(recoveryKey);
  const recovery = bytesToBase64url((await recoverySigningKeyOf(recoveryKey)).publicKey);
  const wrap = async (kek: Parameters<typeof wrapDek>[0]) => bytesToBase64url(await wrapDek(kek, dek));
  const context = await recoveredContext(owner.serverId, owner.userId, { record, recovery, ver: bundle.ver });
  const proof = await sign(await importSigningKey(storedBytes(bundle.signingSeed)), context);
  return ok({
    kept: { accountKey: bytesToBase64url(accountKey), bundle, bundleKey: bytesToBase64url(dek) },
    said: {
      record,
      recovery,
      wrappedByPassword: await wrap(await passwordKek({ exportKey, accountKey }, owner)),
      wrappedByKit: await wrap(await kitKek(recoveryKey, owner)),
      bundle: bytesToBase64url(sealed.value),
      ver: bundle.ver,
      proof: bytesToBase64url(proof),
    },
  });
}
