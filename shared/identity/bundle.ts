import * as z from "zod/mini";
import type { Bytes } from "../bytes.ts";
import { importAeadKey, openAead, sealAead } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { padJson, unpadJson } from "../padded-json.ts";
import { err, ok, type Result } from "../result.ts";
import type { Owner } from "./wrap.ts";

const key = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const groupId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
const userId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));

/** base64url of 32 bytes each: the seed of an Ed25519 key and an X25519 key. */
const secretKeys = { signingSeed: key, openingSecret: key };

/** Somebody who takes new keys again before all groups know the last ones has so many at most. */
export const MOST_FORMER_KEYS = 4;

export const bundleSchema = z
  .strictObject({
    /** 2 where there are former keys: who knows nothing of them must not write the bundle anew without them. */
    version: z.union([z.literal(1), z.literal(2)]),
    userId,
    /** Which of the bundles it is: each one that replaces another is one higher. */
    ver: z.int().check(z.positive()),
    ...secretKeys,
    /** Keys that these have taken the place of and that a group still knows the person by, the latest first. */
    former: z.optional(
      z.array(z.strictObject(secretKeys)).check(z.minLength(1), z.maxLength(MOST_FORMER_KEYS)),
    ),
    /** The groups that the person is in, each with the last link that a device of theirs has verified. */
    groups: z.record(groupId, z.strictObject({ n: z.int().check(z.nonnegative()), head: key })),
    /** People whose keys the person has compared with them, by user id. Times are milliseconds since 1970 UTC. */
    contacts: z.record(userId, z.strictObject({ sig: key, enc: key, comparedAt: z.int() })),
  })
  .check(z.refine(({ version, former }) => (version === 2) === (former !== undefined)));

/** What a person has at a server, on all their devices: their own keys, and what they have seen and need not trust anew. */
export type Bundle = z.infer<typeof bundleSchema>;

export type SecretKeys = Pick<Bundle, "signingSeed" | "openingSecret">;

/** The same bundle with other former keys. */
export function withFormerKeys({ former: _, ...bundle }: Bundle, former: readonly SecretKeys[]): Bundle {
  return former.length === 0 ? { ...bundle, version: 1 } : { ...bundle, version: 2, former: [...former] };
}

/** Which bundle of whom: it opens as no other. */
export type BundlePlace = Owner & { readonly ver: number };

/** The server learns how long it is to this many bytes. */
const STEP = 1024;
/** Room for some hundreds of contacts and groups. */
export const MOST_BUNDLE_BYTES = 128 * 1024;

/**
 * Encrypts a bundle under its key.
 *
 * @param dek from newDek or unwrapDek
 * @returns "too-long": more than the server takes
 */
export async function sealBundle(
  dek: Bytes,
  serverId: string,
  bundle: Bundle,
): Promise<Result<Bytes, "too-long">> {
  const padded = padJson(bundleSchema.parse(bundle), STEP);
  const sealed = await sealAead(await importAeadKey(dek), padded, bundleContext({ serverId, ...bundle }));
  return sealed.length > MOST_BUNDLE_BYTES ? err("too-long") : ok(sealed);
}

/**
 * Opens a bundle. "corrupt": not encrypted under this key as this bundle of this person, or no bundle inside;
 * "newer-version": written by a later version, and not to be replaced by this one.
 */
export async function openBundle(
  dek: Bytes,
  place: BundlePlace,
  sealed: Bytes,
): Promise<Result<Bundle, "corrupt" | "newer-version">> {
  const opened = await openAead(await importAeadKey(dek), sealed, bundleContext(place));
  if (!opened.ok) return opened;
  const json = unpadJson(opened.value);
  const version = z.object({ version: z.int() }).safeParse(json);
  if (version.success && version.data.version > 2) return err("newer-version");
  const bundle = bundleSchema.safeParse(json);
  return bundle.success ? ok(bundle.data) : err("corrupt");
}

function bundleContext({ serverId, userId, ver }: BundlePlace): Bytes {
  return CTX("akb", serverId, userId, ver);
}
