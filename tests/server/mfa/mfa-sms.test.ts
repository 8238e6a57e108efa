import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Asked, Kept, MfaModule } from "../../../server/mfa/module.ts";
import { parsePhoneNumber } from "../../../server/mfa/modules/sms/phone-number.ts";
import { escapeFor, fillTemplate, unknownBlanks } from "../../../server/mfa/modules/sms/template.ts";
import { smsKind } from "../../../server/mfa/modules/sms.ts";
import { err } from "../../../shared/result.ts";
import { ALICE, makeSite } from "./asked.ts";
import { type Beside, startBeside } from "./beside.ts";

let gateway: Beside;
let other: Beside;
beforeAll(async () => {
  gateway = await startBeside("sms-gateway.ts");
  other = await startBeside("misbehaving.ts");
});
afterAll(() => Promise.all([gateway.stop(), other.stop()]));

type Message = { readonly to: string; readonly text: string };
const lastMessage = async () => (await gateway.ask<Message[]>("/messages")).at(-1);

/** The examples in the document, with the gateway of the test in the place of the real one. */
function examples(): Record<string, unknown>[] {
  const text = readFileSync(new URL("../../../docs/mfa-providers.md", import.meta.url), "utf8");
  return [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)]
    .map(([, json = ""]) => JSON.parse(json) as Record<string, unknown>)
    .filter(({ kind }) => kind === "sms")
    .map(({ kind: _, url, ...rest }) => {
      const { pathname } = new URL(String(url));
      return { ...rest, url: `${gateway.origin}${pathname}`, allow: ["127.0.0.1"] };
    });
}

function make(settings: unknown) {
  const { site, logged } = makeSite();
  return { sms: smsKind.make(smsKind.settings.parse(settings), site), logged };
}

const plain = (url: string) => ({
  url: `${url}?to={to}`,
  headers: { "content-type": "text/plain" },
  body: "{code}",
  allow: ["127.0.0.1"],
});

async function setUp(sms: MfaModule): Promise<Kept> {
  const begun = await sms.beginSetUp(ALICE, { phone: " +1 (555) 555-0100 " });
  if (!begun.ok) throw Error(begun.error.reason);
  return begun.value.kept;
}

async function challenge(sms: MfaModule, factor: Kept) {
  const begun = await sms.beginChallenge(ALICE, factor);
  if (!begun.ok) throw Error(begun.error.reason);
  return begun.value;
}

describe("a code by text message", () => {
  it("comes by each gateway of the document, and is taken once", async () => {
    expect(examples().length).toBe(2);
    for (const settings of examples()) {
      const { sms } = make(settings);
      const factor = await setUp(sms);
      const { kept, shown } = await challenge(sms, factor);
      expect(shown).toEqual([{ kind: "sent", to: "••• 100", until: ALICE.now + 600_000 }]);
      const message = await lastMessage();
      expect(message?.to).toMatch(/^\+?15555550100$/);
      const [, code = ""] = /\b(\d{6})\b/.exec(message?.text ?? "") ?? [];
      expect(message?.text).toContain("10");
      expect(JSON.stringify(kept)).not.toContain(code);

      const held = { factor, challenge: kept, isSetUp: false };
      const wrong = code === "000000" ? "000001" : "000000";
      expect(await sms.verify(ALICE, held, { code: wrong })).toEqual({
        ok: false,
        error: { reason: "wrong-code" },
      });
      const proven = await sms.verify(ALICE, held, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
      if (!proven.ok) throw Error(proven.error.reason);
      const again = { ...held, factor: proven.value.kept, isSetUp: true };
      expect(await sms.verify(ALICE, again, { code })).toEqual({ ok: false, error: { reason: "used-code" } });
    }
  });

  it("is over after ten minutes, and a new one takes the place of the old one's challenge alone", async () => {
    const { sms } = make(examples()[0]);
    const factor = await setUp(sms);
    const codeOf = async () => /\d{6}/.exec((await lastMessage())?.text ?? "")?.[0] ?? "";
    const first = await challenge(sms, factor);
    const firstCode = await codeOf();
    const held = { factor, challenge: first.kept, isSetUp: true };
    const late = { ...ALICE, now: ALICE.now + 600_000 };
    expect(await sms.verify(late, held, { code: firstCode })).toMatchObject({
      error: { reason: "challenge-over" },
    });
    const second = await challenge(sms, factor);
    const secondCode = await codeOf();
    const renewed = { ...held, challenge: second.kept };
    if (firstCode !== secondCode)
      expect(await sms.verify(ALICE, renewed, { code: firstCode })).toMatchObject({
        error: { reason: "wrong-code" },
      });
    expect(await sms.verify(ALICE, renewed, { code: secondCode })).toMatchObject({ ok: true });
  });

  it("is weak, has five tries, and is set up with a number that has its country's code", async () => {
    const { sms } = make(examples()[0]);
    expect(sms).toMatchObject({ id: "sms", strength: "weak", tries: 5, challengeMs: 600_000 });
    for (const phone of [
      "0138 0000 0000",
      "+0 138",
      "+1 555",
      `+1${"5".repeat(15)}`,
      "+1555555010O",
      "+1\n5555550100;1",
    ])
      expect(await sms.beginSetUp(ALICE, { phone }), phone).toEqual({
        ok: false,
        error: { reason: "malformed" },
      });
    expect(parsePhoneNumber("＋８６ 138-0000-0000")).toEqual({ ok: true, value: "+8613800000000" });
  });

  it("is set up once for a number, however it is written", async () => {
    const { sms } = make(examples()[0]);
    const begin = (others: Asked["others"], phone: string) => sms.beginSetUp({ ...ALICE, others }, { phone });
    const first = await begin([], "+1 555 555 0100");
    if (!first.ok) throw Error(first.error.reason);
    const others = [first.value.kept];
    expect(await begin(others, "+1 (555) 555-0100")).toEqual(err({ reason: "already-bound" }));
    expect(await begin(others, "+1 555 555 0101")).toMatchObject({ ok: true });
  });

  test.each([
    ["slow", "too-slow"],
    ["redirect", "redirected"],
    ["huge", "too-long"],
    ["closing", "broken-off"],
    ["broken", "status 500"],
    ["not-text", "not-text"],
    ["no-http", "not-connected"],
  ])(
    "a gateway that is %s: nothing was sent, and the log says so without number and code",
    { concurrent: true, timeout: 15_000 },
    async (manner, why) => {
      const { sms, logged } = make(plain(`${other.origin}/${manner}`));
      const factor = await setUp(sms);
      expect(await sms.beginChallenge(ALICE, factor)).toEqual({
        ok: false,
        error: { reason: "not-reached" },
      });
      expect(logged).toEqual([{ event: "mfa-not-reached", module: "sms", why }]);
      expect(JSON.stringify(logged)).not.toMatch(/\d{6}|5555550100/);
    },
  );

  it("counts for sent only where the answer says so, if the configuration names what it says", async () => {
    const [, settings] = examples();
    const { sms, logged } = make({
      ...settings,
      headers: { ...(settings?.headers as object), "X-Api-Key": "old" },
    });
    expect(await sms.beginChallenge(ALICE, await setUp(sms))).toMatchObject({
      error: { reason: "not-reached" },
    });
    expect(logged).toMatchObject([{ why: "the answer does not say that it was sent" }]);
    for (const manner of ["page", "array", "empty", "right"]) {
      const sentWhen = { field: "data.__proto__.x", is: ["undefined", "null"] };
      const strict = make({ ...plain(`${other.origin}/${manner}`), sentWhen });
      expect(await strict.sms.beginChallenge(ALICE, await setUp(strict.sms))).toMatchObject({ ok: false });
    }
  });
});

describe("what the configuration says of a gateway", () => {
  const right = {
    url: "https://sms.example.com/",
    headers: { "Content-Type": "application/json" },
    body: '{"c":"{code}"}',
  };
  test.each<[object, string, string]>([
    [{ ...right, url: "https://{to}.example.com/" }, "url", "braces may only stand behind that"],
    [{ ...right, url: "https://sms.example.com{to}/" }, "url", "braces may only stand behind that"],
    [{ ...right, url: "https://sms.example.com:{code}/" }, "url", "braces may only stand behind that"],
    [{ ...right, url: "http://sms.example.com/" }, "url", "http:// is for hosts"],
    [{ ...right, url: "https://sms.example.com/{phone}" }, "url", "nothing to fill in for {phone}"],
    [{ ...right, body: '{"c":{code}}' }, "body", "between quotes"],
    [{ ...right, body: '{"c":"{code}"' }, "body", "no JSON"],
    [{ ...right, body: "{}" }, "body", "neither url nor body says {code}"],
    [{ ...right, headers: {} }, "headers", "Content-Type must say"],
    [{ ...right, headers: { "content-type": "text/html" } }, "headers", "Content-Type must say"],
    [{ ...right, headers: { ...right.headers, Host: "x" } }, "headers.Host", "the call says that itself"],
    [{ ...right, headers: { ...right.headers, "X-Key": "a\r\nb" } }, "headers.X-Key", "no header of HTTP"],
    [{ ...right, headers: { ...right.headers, "X Key": "a" } }, "headers.X Key", "no header of HTTP"],
    [{ ...right, method: "GET" }, "body", "a GET has none"],
    [{ ...right, metod: "PUT" }, "", "Invalid input"],
  ])("%j is told", (settings, at, why) => {
    const parsed = smsKind.settings.safeParse(settings);
    const told = parsed.error?.issues.map(({ path, message }) => ({ at: path.join("."), message }));
    expect(told).toContainEqual({ at, message: expect.stringContaining(why) });
    expect(smsKind.settings.safeParse(right).success).toBe(true);
  });
});

describe("a template", () => {
  const anything = fc.string({ unit: "binary" });
  const blanks = fc.record({ to: anything, number: anything, code: anything, minutes: anything });

  it("holds in JSON, in a form and in an address what was filled in, whatever that is", () => {
    fc.assert(
      fc.property(blanks, (values) => {
        const json = fillTemplate('{"a":"{to}","b":{"c":"x{code}y"}}', values, "json");
        expect(JSON.parse(json)).toEqual({ a: values.to, b: { c: `x${values.code}y` } });
        const form = new URLSearchParams(fillTemplate("a={to}&b={code}&c={number}{minutes}", values, "url"));
        expect([...form.keys()]).toEqual(["a", "b", "c"]);
        expect(form.get("a")).toBe(values.to.toWellFormed());
        expect(form.get("c")).toBe(values.number.toWellFormed() + values.minutes.toWellFormed());
        const url = new URL(fillTemplate("https://sms.example.com/x{to}/y?z={code}", values, "url"));
        expect(url.host).toBe("sms.example.com");
        expect(url.pathname.split("/").length).toBe(3);
        expect([...url.searchParams]).toEqual([["z", values.code.toWellFormed()]]);
        expect(
          fillTemplate("<a b='{to}'>{code}</a>", values, "xml")
            .match(/[<>"']/g)
            ?.join(""),
        ).toBe("<''><>");
      }),
    );
  });

  it("fills in once: what was filled in is not filled in again", () => {
    const values = { to: "{code}", number: "{to}", code: "1", minutes: "$&" };
    expect(fillTemplate("{to} {number} {code} {minutes} {other} {} {{to}}", values, "plain")).toBe(
      "{code} {to} 1 $& {other} {} {{code}}",
    );
    expect(unknownBlanks('{"a":{"b":"{to}{Code}{x_y}"}}')).toEqual(["Code", "x_y"]);
  });

  it("is written as its type says, and in no type that is not known", () => {
    expect(escapeFor("Application/JSON; charset=utf-8")).toBe("json");
    expect(escapeFor("text/html")).toBe(null);
    expect(escapeFor("")).toBe(null);
  });
});
