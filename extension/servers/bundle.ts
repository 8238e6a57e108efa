import { type Bytes, base64urlToBytes, bytesToBase64url } from "../../shared/bytes.ts";
import { importSigningKey, sign } from "../../shared/crypto/signature.ts";
import { type Bundle, openBundle, sealBundle, withFormerKeys } from "../../shared/identity/bundle.ts";
import { bundleContext } from "../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { ask } from "./api.ts";
import type { AskFailure } from "./api-failure.ts";
import { openSession } from "./connection.ts";
import { changeServer } from "./keep-server.ts";
import { bundleKeysOf, withKitInUse } from "./pending-kit.ts";
import { sessionApi } from "./session-api.ts";
import { signOut } from "./sessions.ts";
import { storedBytes } from "./stored-bytes.ts";
import { type ServerSecrets, withBundle, withReplacement } from "./stored-server.ts";

/**
 * "rolled-back": the server has an older bundle than this device has seen, or one with other keys; "signed-out": one
 * that this device can't open, under the new key after a recovery or a new kit, or of the server's own making. Signing in
 * again tells which: so the session is ended. What this device has stays in both cases.
 */
export type BundleRefusal = AskFailure | "not-connected" | "rolled-back" | "keys-newer-version" | "too-long";

/** The groups that this person is in, by the bundle that this device has seen last. */
export async function knownGroups(serverId: string): Promise<Bundle["groups"]> {
  return (await secretsOf(serverId))?.secrets.bundle.groups ?? {};
}

/** Looks whether another device of this person has left a newer bundle at the server, and keeps it. */
export async function refreshBundle(serverId: string): Promise<Result<Bundle, BundleRefusal>> {
  const known = await secretsOf(serverId);
  if (known === null) return err("not-connected");
  const { origin, userId } = known;
  const fetched = await ask(sessionApi(serverId, origin, known.secrets.token).user.latestBundle.query());
  if (!fetched.ok) return fetched;
  // As it is stored by now: another page may have asked for a new kit or new keys, stored before, while this one waited.
  const secrets = (await secretsOf(serverId))?.secrets;
  if (secrets === undefined) return err("not-connected");
  if (secrets.token !== known.secrets.token) return refreshBundle(serverId);
  const { ver } = fetched.value;
  if (ver === secrets.bundle.ver) return ok(secrets.bundle);
  // Another page, or the worker, has stored a later one meanwhile: the answer may come from before the server had it.
  if (secrets.bundle.ver !== known.secrets.bundle.ver) return refreshBundle(serverId);
  if (ver < secrets.bundle.ver) return err("rolled-back");
  const sealed = base64urlToBytes(fetched.value.bundle);
  const place = { serverId, userId, ver };
  const opened = sealed.ok ? await openWithOne(bundleKeysOf(secrets), place, sealed.value) : sealed;
  // Another device has a later version of the extension: no reason to ask for a passphrase.
  if (!opened.ok && opened.error === "newer-version") return err("keys-newer-version");
  if (!opened.ok) {
    await signOut(serverId);
    return err("signed-out");
  }
  const { bundle, bundleKey } = opened.value;
  const { replacement } = secrets;
  if (bundleKey === replacement?.bundleKey) {
    await changeServer(serverId, (before) =>
      before.replacement?.bundleKey === bundleKey
        ? withBundle(before, bundle, (secrets) => withReplacement(secrets, replacement))
        : before,
    );
    return ok(bundle);
  }
  const { signingSeed, openingSecret } = secrets.bundle;
  if (bundle.signingSeed !== signingSeed || bundle.openingSecret !== openingSecret) return err("rolled-back");
  await changeServer(serverId, (before) =>
    withBundle(before, bundle, (secrets) => withKitInUse({ ...secrets, bundleKey })),
  );
  return ok(bundle);
}

/** Finds out whether the server has taken a new kit that was sent and never answered for. */
export async function settlePendingKit(serverId: string): Promise<void> {
  if ((await secretsOf(serverId))?.secrets.pendingKit !== undefined) await refreshBundle(serverId);
}

/** Opens a bundle with the key that it was encrypted under, of those that it may have been. */
async function openWithOne(
  bundleKeys: readonly string[],
  place: Parameters<typeof openBundle>[1],
  sealed: Bytes,
): Promise<Result<{ readonly bundle: Bundle; readonly bundleKey: string }, "corrupt" | "newer-version">> {
  for (const bundleKey of bundleKeys) {
    const opened = await openBundle(storedBytes(bundleKey), place, sealed);
    if (opened.ok) return ok({ bundle: opened.value, bundleKey });
    if (opened.error !== "corrupt") return opened;
  }
  return err("corrupt");
}

/** Somebody's devices hardly ever do this at the same time. */
const MAX_ATTEMPTS = 4;

/**
 * Tells the person's other devices, by way of the server that can't read it, which groups they are in. Does nothing where
 * that is known already.
 *
 * @param change what the groups of the latest bundle are to be
 */
export function rememberGroups(
  serverId: string,
  change: (groups: Bundle["groups"]) => Bundle["groups"],
): Promise<Result<void, BundleRefusal>> {
  return changeBundle(serverId, (bundle) => {
    const groups = change(bundle.groups);
    const isKnown = Object.keys(groups).sort().join() === Object.keys(bundle.groups).sort().join();
    return isKnown ? null : { ...bundle, groups };
  });
}

/**
 * Tells the person's other devices which keys of somebody they have compared the six words of: those, and no later ones. Where
 * it can't be done, each of them asks once more.
 */
export function rememberCompared(
  serverId: string,
  userId: string,
  contact: Bundle["contacts"][string],
): Promise<Result<void, BundleRefusal>> {
  return changeBundle(serverId, (bundle) => {
    const known = bundle.contacts[userId];
    const isKnown = known?.sig === contact.sig && known.enc === contact.enc;
    return isKnown ? null : { ...bundle, contacts: { ...bundle.contacts, [userId]: contact } };
  });
}

/**
 * Forgets the former keys, which no group knows the person by any more. A device that sees a group for the first time has
 * to be shown a log that knows the new ones.
 *
 * @param groups each with the last link that was verified
 */
export function forgetFormerKeys(
  serverId: string,
  groups: Bundle["groups"],
): Promise<Result<void, BundleRefusal>> {
  return changeBundle(serverId, (bundle) =>
    bundle.former === undefined
      ? null
      : withFormerKeys({ ...bundle, groups: { ...bundle.groups, ...groups } }, []),
  );
}

/** @param change what the latest bundle is to be, but for its `ver`; null: as it is */
async function changeBundle(
  serverId: string,
  change: (bundle: Bundle) => Bundle | null,
): Promise<Result<void, BundleRefusal>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const known = await secretsOf(serverId);
    if (known === null) return err("not-connected");
    const { origin, userId, secrets } = known;
    const changed = change(secrets.bundle);
    if (changed === null) return ok(undefined);
    const next: Bundle = { ...changed, ver: secrets.bundle.ver + 1 };
    const sealed = await sealBundle(storedBytes(secrets.bundleKey), serverId, next);
    if (!sealed.ok) return sealed;
    const signing = await importSigningKey(storedBytes(secrets.bundle.signingSeed));
    const proof = await sign(signing, await bundleContext(userId, { bundle: sealed.value, ver: next.ver }));
    const replaced = await ask(
      sessionApi(serverId, origin, secrets.token).user.replaceBundle.mutate({
        bundle: bytesToBase64url(sealed.value),
        ver: next.ver,
        proof: bytesToBase64url(proof),
      }),
    );
    if (replaced.ok) {
      await changeServer(serverId, (before) => withBundle(before, next));
      return ok(undefined);
    }
    const isBehind = typeof replaced.error === "object" && replaced.error.refused === "conflict";
    if (!isBehind) return replaced;
    const refreshed = await refreshBundle(serverId);
    if (!refreshed.ok) return refreshed;
  }
  return err("failed");
}

/** What is kept of a server, and of the person there; null where this device is not signed in, or the vault is locked. */
export async function secretsOf(
  serverId: string,
): Promise<{ readonly origin: string; readonly userId: string; readonly secrets: ServerSecrets } | null> {
  const opened = await openSession(serverId, [], async () => {});
  return opened.ok ? opened.value.session : null;
}
