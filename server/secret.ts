import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { ready, server } from "@serenity-kit/opaque";
import * as z from "zod/mini";

const secretSchema = z.strictObject({
  version: z.literal(1),
  /** What devices know the server by, whatever its address. */
  serverId: z.string().check(z.minLength(1)),
  /** The seed and the static key of OPAQUE (RFC 9807): who loses it makes everybody recover with their kit. */
  opaqueSetup: z.string().check(z.minLength(1)),
  /** base64 of 32 bytes: answers for people whom nobody knows are made with it, and look like any other. */
  decoyKey: z.string().check(z.minLength(44)),
});

/** What the server keeps to itself: in a file of its own, apart from the database and from its backups. */
export type Secret = z.infer<typeof secretSchema>;

/**
 * Reads the secret file, or makes it on the first start, readable by its owner alone. Throws where it is there and can't be
 * read: another one would lock everybody out.
 */
export async function openSecret(path: string): Promise<Secret> {
  await ready;
  const text = readIfThere(path);
  if (text !== null) {
    const parsed = secretSchema.safeParse(jsonOf(text));
    if (!parsed.success)
      throw Error(`${path} is not a secret file of this server: put the right one in its place`);
    return parsed.data;
  }
  const secret: Secret = {
    version: 1,
    serverId: randomBytes(16).toString("base64url"),
    opaqueSetup: server.createSetup(),
    decoyKey: randomBytes(32).toString("base64"),
  };
  // wx: of two that start at once the second must not put its own in the place of the first one's.
  writeFileSync(path, `${JSON.stringify(secret, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return secret;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
