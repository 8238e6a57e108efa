import * as z from "zod/mini";
import type { Bytes } from "../bytes.ts";
import { utf8, utf8Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { type Permission, ROLES } from "./permissions.ts";

// zod compiles its parsers with `new Function` where it may; an extension page must not, so it is told not to try.
z.config({ jitless: true });

/** A group has at most so many members, and so many live records. */
export const MOST_MEMBERS = 500;
export const MOST_RECORDS = 5_000;
/** One link changes at most so many records; a rotation names all of them in a list of its own. */
export const MOST_RECORDS_IN_A_LINK = 500;

const base64url = (bytes: number) => {
  const length = Math.ceil((bytes * 4) / 3);
  return z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)));
};
const hash = base64url(32);
const publicKey = base64url(32);
const signature = base64url(64);
const groupId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
/** A random UUID (RFC 9562 section 5.4), as crypto.randomUUID writes it. */
const id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const count = z.int().check(z.nonnegative());
const epoch = z.int().check(z.gte(1));

/** Somebody as the log knows them: a user's id, and the public keys they sign with and that is sealed to. */
const keys = { id, sig: publicKey, enc: publicKey };

const recordHead = z.strictObject({
  id,
  /** 1 for a new record, one more with each change. */
  ver: z.int().check(z.gte(1)),
  /** SHA-256 of the ciphertext; null deletes the record for ever. */
  h: z.nullable(hash),
});

/** What every link says, in this sequence; what its action says follows. */
const common = {
  v: z.literal(1),
  g: groupId,
  /** The link's number in the group's log, from 0. */
  n: count,
  /** The hash of the link before it; "" at 0. */
  p: z.union([hash, z.literal("")]),
  /** The user whose key signs. */
  by: id,
  /** Milliseconds since 1970 UTC by the writer's clock. For people to read: nothing is decided by it. */
  at: count,
};

/** The actions of a group's log by name: what each says beyond what every link does (protocol, section 1.4). */
const actionSchemas = {
  create: z.strictObject({
    t: z.literal("create"),
    ...common,
    nonce: base64url(16),
    owner: z.strictObject(keys),
    commit: hash,
  }),
  add: z.strictObject({
    t: z.literal("add"),
    ...common,
    member: z.strictObject({ ...keys, role: z.enum(ROLES) }),
    /** The invitation, and the new member's own signature that these are their keys (acceptanceContext). */
    invitation: base64url(16),
    pop: signature,
  }),
  role: z.strictObject({ t: z.literal("role"), ...common, target: id, role: z.enum(ROLES) }),
  remove: z.strictObject({
    t: z.literal("remove"),
    ...common,
    target: id,
    epoch,
    commit: hash,
    records: hash,
  }),
  leave: z.strictObject({ t: z.literal("leave"), ...common }),
  rotate: z.strictObject({ t: z.literal("rotate"), ...common, epoch, commit: hash, records: hash }),
  records: z.strictObject({
    t: z.literal("records"),
    ...common,
    epoch,
    heads: z.array(recordHead).check(z.minLength(1), z.maxLength(MOST_RECORDS_IN_A_LINK)),
  }),
  rekey: z.strictObject({
    t: z.literal("rekey"),
    ...common,
    sig: publicKey,
    enc: publicKey,
    /** The new key's own signature (rekeyContext). */
    pop: signature,
  }),
  close: z.strictObject({ t: z.literal("close"), ...common }),
} as const;

export type ActionName = keyof typeof actionSchemas;
export type ActionOf<Name extends ActionName> = z.infer<(typeof actionSchemas)[Name]>;
/** What one link of a group's log says. */
export type Action = { [Name in ActionName]: ActionOf<Name> }[ActionName];
export type RecordHeadInLink = z.infer<typeof recordHead>;

/** What the writer of each action needs. A first link needs nothing but its own keys. */
export const PERMISSION_BY_ACTION = {
  create: null,
  add: "invite",
  role: "change-role",
  remove: "remove-member",
  leave: "leave",
  rotate: "rotate",
  records: "change-records",
  rekey: "replace-own-keys",
  close: "close-group",
} as const satisfies Readonly<Record<ActionName, Permission | null>>;

const actionSchema = z.discriminatedUnion("t", [
  actionSchemas.create,
  actionSchemas.add,
  actionSchemas.role,
  actionSchemas.remove,
  actionSchemas.leave,
  actionSchemas.rotate,
  actionSchemas.records,
  actionSchemas.rekey,
  actionSchemas.close,
]);

/** The bytes that are signed: JSON without blanks, the fields in the order of the schemas above. */
export function formatAction(action: Action): Bytes {
  // Parsing puts them in that order, whoever made the object.
  return utf8(JSON.stringify(actionSchema.parse(action)));
}

/**
 * Reads what was signed. "version": of another version of the protocol than 1; "malformed": anything that formatAction
 * would not have written, to the byte, so that no two readers can take it for different things (double fields, blanks,
 * other spellings of a number).
 */
export function parseAction(bytes: Bytes): Result<Action, "version" | "malformed"> {
  const text = utf8Decode(bytes);
  if (!text.ok) return err("malformed");
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return err("malformed");
  }
  const parsed = actionSchema.safeParse(json);
  if (parsed.success) return JSON.stringify(parsed.data) === text.value ? ok(parsed.data) : err("malformed");
  const ofOther = z.looseObject({ v: z.int() }).safeParse(json);
  return err(ofOther.success && ofOther.data.v !== 1 ? "version" : "malformed");
}
