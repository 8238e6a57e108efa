import * as z from "zod/mini";
import type { Bytes } from "../bytes.ts";
import { importAeadKey, openAead, sealAead } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { hkdf } from "../crypto/kdf.ts";
import { padJson, unpadJson } from "../padded-json.ts";
import { err, ok, type Result } from "../result.ts";
import type { Owner } from "./wrap.ts";

const labelSchema = z.strictObject({ label: z.string() });

/** Every label up to this has the same length when it is sealed. */
const STEP = 192;
/** What the server keeps of a label at most. */
export const MOST_LABEL_BYTES = 256;

/** Whose session it is, and its id: the server can't hang one device's label on another. */
export type LabelPlace = Owner & { readonly sessionId: string };

/**
 * Encrypts what a person calls a device, under a key that each of their devices has and the server has not.
 *
 * @returns "too-long": more than some 40 Chinese or 160 Latin characters
 */
export async function sealDeviceLabel(
  accountKey: Bytes,
  place: LabelPlace,
  label: string,
): Promise<Result<Bytes, "too-long">> {
  const padded = padJson({ label }, STEP);
  if (padded.length > STEP) return err("too-long");
  return ok(await sealAead(await labelKey(accountKey, place), padded, labelContext(place)));
}

/** Opens it. "corrupt": sealed with another account key (before a new kit, say) or for another session, or damaged. */
export async function openDeviceLabel(
  accountKey: Bytes,
  place: LabelPlace,
  sealed: Bytes,
): Promise<Result<string, "corrupt">> {
  const opened = await openAead(await labelKey(accountKey, place), sealed, labelContext(place));
  if (!opened.ok) return opened;
  const parsed = labelSchema.safeParse(unpadJson(opened.value));
  return parsed.success ? ok(parsed.data.label) : err("corrupt");
}

async function labelKey(accountKey: Bytes, { serverId, userId }: LabelPlace): Promise<CryptoKey> {
  return importAeadKey(await hkdf(accountKey, CTX("device-label-key", serverId, userId)));
}

function labelContext({ serverId, userId, sessionId }: LabelPlace): Bytes {
  return CTX("device-label", serverId, userId, sessionId);
}
