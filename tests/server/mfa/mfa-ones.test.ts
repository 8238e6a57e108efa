import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boundPerson } from "../../../server/mfa/bindings/bound-person.ts";
import type { Asked, MfaModule } from "../../../server/mfa/module.ts";
import { ALICE } from "./asked.ts";
import { type Beside, startBeside } from "./beside.ts";
import { makeProvider, SECRET } from "./make-provider.ts";

let ones: Beside;
let phone: Beside;
beforeAll(async () => {
  ones = await startBeside("ones-host.ts", SECRET);
  phone = await startBeside("ones-host.ts", SECRET, "h5");
});
afterAll(() => Promise.all([ones.stop(), phone.stop()]));

type Call = { readonly name: string; readonly body: Readonly<Record<string, unknown>> };
const callsOf = (host: Beside) => host.ask<Call[]>("/calls");
const lastCode = async (host: Beside) =>
  (await host.ask<{ to: string; code: string }[]>("/messages")).at(-1)?.code ?? "";

/** Gives a code that was sent, and what is kept of the factor afterwards. */
async function prove(
  provider: MfaModule,
  host: Beside,
  factor: object,
  isSetUp: boolean,
  asked: Asked = ALICE,
) {
  const begun = await provider.beginChallenge(asked, { ...factor });
  if (!begun.ok) throw Error(begun.error.reason);
  const held = { factor: { ...factor }, challenge: begun.value.kept, isSetUp };
  const code = await lastCode(host);
  // Whatever was proven in the session meanwhile has given it another name.
  const answer = await provider.verify({ ...asked, sessionId: "session-renamed" }, held, { code });
  return { code, held, shown: begun.value.shown, answer };
}

async function bind(provider: MfaModule, asked: Asked = ALICE) {
  const begun = await provider.beginSetUp(asked, { identifier: "+8613800000002" });
  if (!begun.ok) throw Error(begun.error.reason);
  const proven = await prove(provider, ones, begun.value.kept, false, asked);
  if (!proven.answer.ok) throw Error(JSON.stringify(proven.answer.error));
  return { kept: proven.answer.value.kept, shown: proven.shown };
}

describe("an SMS provider written to ONES' functions, in a process of its own", () => {
  it("binds, is asked whether somebody is bound, and checks codes", async () => {
    const { provider } = makeProvider(ones.origin);
    expect(await provider.findBound?.(ALICE)).toBe(null);
    const { kept, shown } = await bind(provider);
    expect(shown).toEqual([{ kind: "sent", to: "*0002", until: ALICE.now + 600_000 }]);
    expect(kept).toMatchObject({ externalId: "alice@example.com", isBound: true, identifier: null });
    expect(await provider.findBound?.(ALICE)).toMatchObject({
      externalId: "alice@example.com",
      isBound: true,
    });

    const { answer, held, code } = await prove(provider, ones, kept, true);
    if (!answer.ok) throw Error(answer.error.reason);
    expect(await provider.verify(ALICE, held, { code: "999999" })).toMatchObject({
      error: { reason: "wrong-code" },
    });
    const before = (await callsOf(ones)).length;
    const again = { ...held, factor: answer.value.kept };
    for (const typed of [
      code,
      `${code.slice(0, 3)} ${code.slice(3)}`,
      `${code.slice(0, 3)}-${code.slice(3)}`,
    ])
      expect(await provider.verify(ALICE, again, { code: typed })).toMatchObject({
        error: { reason: "used-code" },
      });
    expect((await callsOf(ones)).length).toBe(before);
  });

  it("is asked about no code that was taken within ten minutes, whichever were taken since", async () => {
    const { provider } = makeProvider(ones.origin);
    const first = await prove(provider, ones, (await bind(provider)).kept, true);
    if (!first.answer.ok) throw Error(first.answer.error.reason);
    const second = await prove(provider, ones, first.answer.value.kept, true);
    if (!second.answer.ok) throw Error(second.answer.error.reason);
    const held = { ...second.held, factor: second.answer.value.kept };
    const before = (await callsOf(ones)).length;
    const show = (code: string, now: number) => provider.verify({ ...ALICE, now }, held, { code });
    for (const { code } of [first, second])
      expect(await show(code, ALICE.now + 599_999)).toMatchObject({ error: { reason: "used-code" } });
    expect((await callsOf(ones)).length).toBe(before);
    // From then on it is theirs to say.
    expect(await show(first.code, ALICE.now + 600_000)).not.toMatchObject({ error: { reason: "used-code" } });
    // What was kept before there were several is read as it was meant.
    const [last] = (second.answer.value.kept.used as object[]).slice(-1);
    const earlier = { ...held, factor: { ...second.answer.value.kept, used: last } };
    expect(await provider.verify(ALICE, earlier, { code: second.code })).toMatchObject({
      error: { reason: "used-code" },
    });
  });

  it("is told the person's external id and session in every call, by which no session can be found", async () => {
    const { provider } = makeProvider(ones.origin, { organization: "acme" });
    const bob = {
      ...ALICE,
      user: { id: "user-of-bob", email: "bob@example.com" },
      sessionId: "session-of-bob",
    };
    const from = (await callsOf(ones)).length;
    const { kept } = await bind(provider, bob);
    await prove(provider, ones, kept, true, bob);
    await provider.findBound?.({ ...bob, sessionId: "another session of bob" });
    const calls = (await callsOf(ones)).slice(from);
    const names = new Set(calls.map(({ name }) => name));
    expect([...names].sort()).toEqual([
      "bind",
      "getTwoFactorAuthenticatorName",
      "hasBound",
      "isCodeValid",
      "sendCode",
    ]);
    for (const { name, body } of calls) {
      expect(body, name).toMatchObject({
        external_id: "bob@example.com",
        accounts: [{ organization: "acme", user: "user-of-bob" }],
        session_id: expect.stringMatching(/^[\w-]{43}$/),
        languages: expect.arrayContaining(["zh-CN", "en"]),
      });
      expect(JSON.stringify(body)).not.toMatch(/session-(of|renamed)/);
    }
    expect(new Set(calls.map(({ body }) => body.session_id)).size).toBe(2);
    expect(calls.find(({ name }) => name === "bind")?.body).toMatchObject({ identifier: "+8613800000002" });
  });

  it("is called what it says it is called, in the languages it was asked for, and until then what is configured", async () => {
    const names = { en: "Company code", "zh-CN": "公司验证码" };
    const { provider } = makeProvider(ones.origin, { names });
    expect(provider.names).toEqual(names);
    await provider.beginSetUp({ ...ALICE, languages: ["fr"] }, { identifier: "x" });
    expect(provider.names).toEqual({ en: "SMS code", "zh-CN": "手机短信验证" });
    expect((await callsOf(ones)).at(-1)?.body).toMatchObject({ languages: ["fr", "en", "zh-CN"] });
    const before = (await callsOf(ones)).length;
    await provider.beginSetUp({ ...ALICE, now: ALICE.now + 60_000 }, { identifier: "x" });
    expect((await callsOf(ones)).length).toBe(before);
  });

  it("knows somebody who was bound there before by one id, whichever accounts lead to it", async () => {
    const { provider } = makeProvider(ones.origin);
    const accounts = [
      { organization: "acme", user: "alice" },
      { organization: "acme-labs", user: "a.liddell" },
    ];
    const { answer } = await prove(provider, ones, boundPerson("E-1001", accounts), true);
    expect(answer).toMatchObject({ ok: true, value: { kept: { externalId: "E-1001", accounts } } });
    expect((await callsOf(ones)).at(-1)?.body).toMatchObject({ external_id: "E-1001", accounts });
  });

  it("says no in its own words, which reach the person: on the phone's page, that one binds on a computer", async () => {
    const { provider } = makeProvider(phone.origin);
    const begun = await provider.beginSetUp(ALICE, { identifier: "+8613800000002" });
    if (!begun.ok) throw Error(begun.error.reason);
    expect((await prove(provider, phone, begun.value.kept, false)).answer).toEqual({
      ok: false,
      error: {
        reason: "business",
        said: {
          code: 400,
          errcode: "BindingNotAllowed",
          model: "layout",
          reason: "请在电脑端绑定 (Please bind on a computer)",
          type: "BusinessError",
        },
      },
    });
    const wrong = await provider.beginSetUp(ALICE, { identifier: "no number" });
    expect(wrong.ok && (await provider.beginChallenge(ALICE, wrong.value.kept))).toMatchObject({
      error: { reason: "business", said: { errcode: "InvalidParameter", model: "identifier" } },
    });
  });

  it("refuses a server that does not know the secret", async () => {
    const { provider } = makeProvider(ones.origin, { secret: "another secret that nobody has agreed upon" });
    expect(await provider.beginChallenge(ALICE, boundPerson("E-1001", []))).toMatchObject({
      error: { reason: "business", said: { errcode: "Unsigned", code: 401 } },
    });
  });
});
