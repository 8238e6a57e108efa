import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { boundPerson } from "../../../server/mfa/bindings/bound-person.ts";
import { providerKind } from "../../../server/mfa/modules/provider.ts";
import { ALICE, makeSite } from "./asked.ts";
import { type Beside, startBeside } from "./beside.ts";
import { makeProvider, SECRET } from "./make-provider.ts";

let other: Beside;
beforeAll(async () => {
  other = await startBeside("misbehaving.ts");
});
afterAll(() => other.stop());

describe("a provider that misbehaves", () => {
  test.each([
    ["slow", "too-slow"],
    ["redirect", "redirected"],
    ["huge", "too-long"],
    ["closing", "broken-off"],
    ["hanging", "not-connected"],
    ["not-text", "not-text"],
    ["page", "status 200, and no answer of such a call"],
    ["empty", "status 200, and no answer of such a call"],
    ["array", "status 200, and no answer of such a call"],
    ["wrong-code", "status 200, and no answer of such a call"],
    ["wrong-type", "the answer is not what the call asks for"],
    ["no-reason", "status 400, and no answer of such a call"],
    ["broken", "status 500, and no answer of such a call"],
  ])(
    "by an answer that is %s opens nothing, and is told to nobody but the log",
    {
      concurrent: true,
      timeout: 15_000,
    },
    async (manner, why) => {
      const { provider, logged } = makeProvider(`${other.origin}/${manner}`, { sendsCodes: false });
      const held = { factor: boundPerson("E-1001", []), challenge: { session: "s" }, isSetUp: true };
      expect(await provider.verify(ALICE, held, { code: "424242" })).toEqual({
        ok: false,
        error: { reason: "not-reached" },
      });
      expect(logged).toEqual([{ event: "mfa-not-reached", module: "provider", call: "isCodeValid", why }]);
      expect(await provider.findBound?.(ALICE)).toBe(null);
      expect(JSON.stringify(logged)).not.toMatch(/424242|E-1001|alice@/);
    },
  );

  test.each(["redirect", "page", "wrong-type", "broken"])(
    "by an answer that is %s binds nobody",
    async (manner) => {
      const { provider } = makeProvider(`${other.origin}/${manner}`);
      expect(await provider.findBound?.(ALICE)).toBe(null);
    },
  );

  it("by not saying its name: it keeps the configured one, and is set up all the same", async () => {
    const names = { en: "Company code", "zh-CN": "公司验证码" };
    const { provider } = makeProvider(`${other.origin}/broken`, { names, sendsCodes: false });
    expect((await provider.beginSetUp(ALICE, { identifier: "x" })).ok).toBe(true);
    expect(provider.names).toEqual(names);
  });

  it("by words that would turn, hide or flood what stands around them: they are shown as one short line", async () => {
    const { provider } = makeProvider(`${other.origin}/hostile`, { sendsCodes: false });
    const held = { factor: boundPerson("E-1001", []), challenge: { session: "s" }, isSetUp: true };
    const answer = await provider.verify(ALICE, held, { code: "424242" });
    if (answer.ok || answer.error.reason !== "business") throw Error("no business error");
    const { said } = answer.error;
    expect(said).toMatchObject({ errcode: "E [31m", model: "m", type: "t" });
    expect(said.reason).toMatch(/^first second third a+…$/);
    expect([...said.reason].length).toBe(300);
  });

  it("down: the person reads that it can't be reached", async () => {
    const gone = await startBeside("misbehaving.ts");
    await gone.stop();
    const { provider } = makeProvider(`${gone.origin}/right`);
    expect(await provider.beginChallenge(ALICE, boundPerson("E-1001", []))).toMatchObject({
      error: { reason: "not-reached" },
    });
  });
});

describe("what the configuration says of a provider", () => {
  const right = { url: "https://mfa.example.com/base", secret: SECRET };
  test.each<[object, string, string]>([
    [{ ...right, url: "http://mfa.example.com/" }, "url", "http:// is for hosts"],
    [{ ...right, url: "https://mfa.example.com/?a" }, "url", "nothing behind a ?"],
    [{ ...right, secret: "short" }, "secret", "32 characters or more"],
    [{ ...right, secret: { file: "/nowhere/at-all" } }, "secret", "the file is not there"],
    [{ ...right, id: "totp" }, "id", "begin with provider-"],
  ])("%j is told", (settings, at, why) => {
    const told = providerKind.settings
      .safeParse(settings)
      .error?.issues.map(({ path, message }) => ({ at: path.join("."), message }));
    expect(told).toContainEqual({ at, message: expect.stringContaining(why) });
  });

  it("makes people known there by what they can't change to somebody else's, unless it says otherwise", async () => {
    const { site } = makeSite();
    const made = providerKind.make(
      providerKind.settings.parse({ ...right, url: "https://localhost/" }),
      site,
    );
    expect(await made.beginSetUp(ALICE, { identifier: "x" })).toMatchObject({
      value: {
        kept: {
          externalId: ALICE.user.id,
          accounts: [{ organization: "codes.example.com", user: ALICE.user.id }],
          isBound: false,
        },
      },
    });
  });

  it("is read from the example in the document", () => {
    const text = readFileSync(new URL("../../../docs/mfa-providers.md", import.meta.url), "utf8");
    const examples = [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)]
      .map(([, json = ""]) => JSON.parse(json) as Record<string, unknown>)
      .filter((said) => said.kind === "provider");
    expect(examples.length).toBe(1);
    for (const { kind: _, ...said } of examples)
      expect(providerKind.settings.safeParse({ ...said, secret: SECRET }).error).toBe(undefined);
  });

  it("makes it weak unless it says strong", () => {
    const { site } = makeSite();
    const strengthOf = (said: object) => providerKind.make(providerKind.settings.parse(said), site).strength;
    expect(strengthOf(right)).toBe("weak");
    expect(strengthOf({ ...right, strength: "strong" })).toBe("strong");
  });
});
