import * as z from "zod/mini";
import { lack, MFA_ANSWERS, time } from "../../shared/mfa/answers.ts";

/**
 * What each procedure answers, by its path: the server's word is not taken for it. Nothing that is not named here is
 * accepted, and tests/server-answers.test.ts compares this with what the server says that it answers.
 */
const text = z.string();
const count = z.int().check(z.nonnegative());
const id = z.string().check(z.minLength(1), z.maxLength(64));
const email = z.string().check(z.minLength(3), z.maxLength(254), z.regex(/^[^\s@]+@[^\s@]+$/));
const opaqueMessage = z.string().check(z.minLength(1), z.maxLength(4_096), z.regex(/^[A-Za-z0-9_-]+$/));
const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const groupId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
const base64url = (most: number) =>
  z.string().check(z.maxLength(Math.ceil((most * 4) / 3)), z.regex(/^[A-Za-z0-9_-]*$/));
const base64urlOf = (bytes: number) =>
  z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`)));
const hash = base64urlOf(32);
const link = z.strictObject({ body: base64url(96 * 1024), sig: base64url(64) });
const links = z.array(link).check(z.maxLength(200));
const groupHead = { g: groupId, n: count, head: hash };
const record = z.strictObject({ h: hash, ciphertext: text });

export const ANSWERS: Readonly<Record<string, z.ZodMiniType>> = {
  // Of any version: greet() looks further.
  hello: z.looseObject({ product: z.literal("countersign"), protocol: z.int() }),

  "user.startRegistration": z.strictObject({
    userId: id,
    loginId: id,
    serverId: id,
    email: z.nullable(email),
    response: opaqueMessage,
  }),
  "user.finishRegistration": z.strictObject({ userId: id }),
  "user.startSignIn": z.strictObject({ round: id, loginId: id, response: opaqueMessage }),
  "user.finishSignIn": z.strictObject({ token, userId: id, lacks: lack }),
  "user.bundle": z.strictObject({ ver: z.int(), bundle: text, wrappedByPassword: text }),
  "user.self": z.strictObject({ userId: id, email, ver: z.int(), madeAt: time }),
  "user.sessions": z.array(
    z.strictObject({
      id,
      madeAt: time,
      usedAt: time,
      label: z.nullable(text),
      isThisOne: z.boolean(),
      lacksFactor: z.boolean(),
    }),
  ),
  "user.labelSession": z.null(),
  "user.endSession": z.null(),
  "user.signOut": z.null(),
  "user.latestBundle": z.strictObject({ ver: z.int(), bundle: text }),
  "user.replaceBundle": z.null(),
  "user.replaceKit": z.null(),
  "user.changeEmail": z.strictObject({ email }),
  "user.replaceKeys": z.null(),
  "user.startPasswordChange": z.strictObject({ loginId: id, response: opaqueMessage }),
  "user.finishPasswordChange": z.null(),

  "user.startRecovery": z.strictObject({ round: token, challenge: token }),
  "user.openRecovery": z.strictObject({
    round: token,
    userId: id,
    loginId: id,
    ver: z.int().check(z.positive()),
    bundle: text,
    wrappedByKit: text,
    response: opaqueMessage,
  }),
  "user.recover": z.strictObject({ token, userId: id, lacks: lack }),

  "group.heads": z.array(z.strictObject(groupHead)),
  "group.news": z.array(
    z.strictObject({ ...groupHead, links, records: z.array(record).check(z.maxLength(50)) }),
  ),
  "group.append": z.strictObject({ n: count, head: hash }),
  "group.appendAgain": z.strictObject({ n: count, head: hash }),
  "group.log": links,
  "group.rotation": z.nullable(text),
  "group.seal": z.nullable(text),
  "group.records": z.array(record),
  "group.reserveCounter": z.strictObject({ counter: count }),
  "group.moveCounter": z.strictObject({ last: z.nullable(count) }),
  "group.stageRecords": z.array(hash),
  "group.stageRotation": hash,

  "invitation.offer": z.null(),
  "invitation.read": z.strictObject({ ciphertext: base64url(4 * 1024), sig: base64urlOf(64) }),
  "invitation.log": links,
  "invitation.rotation": z.nullable(text),
  "invitation.accept": z.null(),
  "invitation.waiting": z.strictObject({ waiting: count }),
  "invitation.pending": z.array(
    z.strictObject({
      id: base64urlOf(16),
      body: base64url(4 * 1024),
      mac: base64urlOf(32),
      pop: base64urlOf(64),
    }),
  ),
  "invitation.done": z.null(),

  ...Object.fromEntries(Object.entries(MFA_ANSWERS).map(([name, answer]) => [`mfa.${name}`, answer])),
};

const refusalSchema = z.object({
  error: z.object({ message: z.string(), data: z.object({ code: z.string() }) }),
});

/**
 * What a procedure answered, or why it refused: out of the envelope that tRPC sends both in. Null where it is neither.
 * Throws where no such procedure is named above, which is a bug.
 */
export function readAnswer(
  path: string,
  json: unknown,
): { readonly data: unknown } | { readonly code: string; readonly message: string } | null {
  const schema = ANSWERS[path];
  if (schema === undefined) throw Error(`${path} has no schema of its answer`);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) return { code: refusal.data.error.data.code, message: refusal.data.error.message };
  const answer = z.strictObject({ result: z.strictObject({ data: schema }) }).safeParse(json);
  return answer.success ? { data: answer.data.result.data } : null;
}
