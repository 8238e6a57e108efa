import { expect, test } from "vitest";
import * as z from "zod/mini";
import { ANSWERS, readAnswer } from "../extension/servers/answers.ts";
import { appRouter } from "../server/router/index.ts";

/** What a procedure says that it answers. */
function outputOf(path: string): z.ZodMiniType {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { output: z.ZodMiniType } }
  >;
  const output = procedures[path]?._def.output;
  if (output === undefined)
    throw Error(`the server has no procedure ${path}, or it says not what it answers`);
  return output;
}

test("the extension takes from each procedure what the server says that it answers, and nothing else", () => {
  for (const [path, schema] of Object.entries(ANSWERS)) {
    if (path === "hello") continue;
    expect(z.toJSONSchema(schema), path).toEqual(z.toJSONSchema(outputOf(path)));
  }
});

test("an answer with a field that nobody knows, or without one that is needed, is none", () => {
  const answer = (data: unknown) => readAnswer("user.bundle", { result: { data } });
  const bundle = { ver: 1, bundle: "AA", wrappedByPassword: "AA" };
  expect(answer(bundle)).toEqual({ data: bundle });
  expect(answer({ ...bundle, opensWith: "the server's key" })).toBeNull();
  expect(answer(null)).toBeNull();
  expect(answer({ ...bundle, ver: "1" })).toBeNull();
  expect(readAnswer("user.bundle", { result: { data: bundle }, more: 1 })).toBeNull();
});

test("a time that is no date is none: a page that shows it would break", () => {
  const challenge = (until: number) =>
    readAnswer("mfa.challenge", { result: { data: { factorId: "f", challengeId: "c", until, shown: [] } } });
  expect(challenge(Date.now())).not.toBeNull();
  expect(challenge(8_640_000_000_000_001)).toBeNull();
  expect(challenge(-8_640_000_000_000_001)).toBeNull();
  const session = (usedAt: number) =>
    readAnswer("user.sessions", {
      result: { data: [{ id: "s", madeAt: 0, usedAt, label: null, isThisOne: true, lacksFactor: false }] },
    });
  expect(session(Date.now())).not.toBeNull();
  expect(session(Number.MAX_SAFE_INTEGER)).toBeNull();
});

test("what is shown of a factor is a secret and codes, not an address to scan or words to read", () => {
  const shown = (more: object) =>
    readAnswer("mfa.enroll", {
      result: { data: { factorId: "f", challengeId: "c", until: 0, shown: [more] } },
    });
  const uri = "otpauth://totp/codes.example.com:alice?secret=JBSWY3DPEHPK3PXP";
  const secret = { kind: "totp-secret", secret: "JBSWY3DPEHPK3PXP", uri, svg: "<svg/>", dataUrl: "data:," };
  expect(shown(secret)).not.toBeNull();
  for (const other of ["https://eve.example.com/", "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP", `${uri}\n`])
    expect(shown({ ...secret, uri: other })).toBeNull();
  expect(shown({ ...secret, secret: "Call eve, and say your passphrase" })).toBeNull();
  const codes = { kind: "recovery-codes", codes: ["JBSW-Y3DP-EHPK-3PXP"] };
  expect(shown(codes)).not.toBeNull();
  for (const code of ["Send your kit to eve", "", "A".repeat(41)])
    expect(shown({ ...codes, codes: [code] })).toBeNull();
  expect(shown({ ...codes, codes: Array(101).fill("AAAA") })).toBeNull();
  const sent = { kind: "sent", to: "a•••@example.com", until: 0 };
  expect(shown(sent)).not.toBeNull();
  expect(shown({ ...sent, to: "a".repeat(301) })).toBeNull();
});

test("a hello of another version is still one, so that it can be told", () => {
  expect(
    readAnswer("hello", { result: { data: { product: "countersign", protocol: 9, cluster: "a" } } }),
  ).not.toBeNull();
  expect(readAnswer("hello", { result: { data: { product: "elephant", protocol: 1 } } })).toBeNull();
});
