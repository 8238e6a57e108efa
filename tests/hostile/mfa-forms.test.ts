import { describe, expect, test } from "vitest";
import { bytesToBase64url } from "../../shared/bytes.ts";
import { formatKit } from "../../shared/identity/recovery-key.ts";
import { err } from "../../shared/result.ts";
import { value } from "../groups/device.ts";
import { newOwnDevice } from "../groups/own-device.ts";
import { CODE_FORM, cancelling } from "../groups/own-factors.ts";
import { random } from "../shared/group/people.ts";
import { alice, EMAIL, evil, inAccountWorld, kit, PASSPHRASE, secretsOf, serverId } from "./account-world.ts";

inAccountWorld();

/** What a server may call a field, to get what it must not have. */
const FORM = [
  { ...CODE_FORM[0], kind: "text", label: { en: "Your passphrase", "zh-CN": "主密码" }, longest: 16_384 },
] as const;

const sent = () => evil.exchanges.map(({ url, body }) => `${url} ${body}`).join("\n");

describe("A36 a form that a server has drawn gets nothing that opens something", () => {
  const verify = async (text: string, form: typeof FORM | typeof CODE_FORM = FORM) => {
    const session = value(await alice.factorSession.ownFactorSession(serverId));
    evil.exchanges.length = 0;
    const challenge = { factorId: "factor", challengeId: "challenge" };
    return alice.factors.verify(session, challenge, { form, input: { code: text } }, ["en"]);
  };

  test("A36 neither the passphrase nor the recovery kit, however they are typed", async () => {
    const letters = await formatKit(kit);
    const device = value(await alice.deviceCode.makeDeviceCode(serverId, PASSPHRASE));
    const typed: readonly (readonly [string, string])[] = [
      [PASSPHRASE, "typed-passphrase"],
      [` ${PASSPHRASE} `, "typed-passphrase"],
      [PASSPHRASE.replace("a", "ａ"), "typed-passphrase"],
      [letters, "typed-kit"],
      [letters.toLowerCase().replaceAll("-", " "), "typed-kit"],
      [letters.slice("CSR1-".length), "typed-kit"],
      [letters.slice(0, 36), "typed-kit"],
      [`${letters}\n${evil.origin}\n${EMAIL}`, "typed-kit"],
      [letters.slice("CSR1-".length).replaceAll("-", "."), "typed-kit"],
      [`my key: ${letters}`, "typed-kit"],
      [`${letters.slice("CSR1-".length)} ${evil.origin} ${EMAIL}`, "typed-kit"],
      [device, "typed-kit"],
    ];
    for (const form of [FORM, CODE_FORM])
      for (const [text, why] of typed) {
        expect([text, await verify(text, form)]).toEqual([text, err(why)]);
        expect(evil.exchanges).toEqual([]);
      }
    expect(await verify("#".repeat(41), CODE_FORM)).toEqual(err("typed-too-long"));
    expect(await verify("#".repeat(255))).toEqual(err("typed-too-long"));
    expect(evil.exchanges).toEqual([]);
  });

  test("A36 nor either of them in halves", async () => {
    const session = value(await alice.factorSession.ownFactorSession(serverId));
    const letters = await formatKit(kit);
    evil.exchanges.length = 0;
    const form = [
      { ...FORM[0], name: "first" },
      { ...FORM[0], name: "second" },
    ];
    for (const [text, why] of [
      [PASSPHRASE, "typed-passphrase"],
      [letters, "typed-kit"],
    ] as const) {
      const input = { first: text.slice(0, 16), second: text.slice(16) };
      const challenge = { factorId: "factor", challengeId: "challenge" };
      expect(await alice.factors.verify(session, challenge, { form, input }, [])).toEqual(err(why));
    }
    expect(evil.exchanges).toEqual([]);
  });

  test("A36 the same while a factor is set up", async () => {
    const session = value(await alice.factorSession.ownFactorSession(serverId));
    evil.exchanges.length = 0;
    const begin = (code: string) =>
      alice.factors.beginSetUp(
        session,
        { id: "email", setUpForm: [...FORM] },
        { name: "", input: { code } },
        [],
      );
    expect(await begin(PASSPHRASE)).toEqual(err("typed-passphrase"));
    expect(await begin(await formatKit(kit))).toEqual(err("typed-kit"));
    expect(evil.exchanges).toEqual([]);
  });

  test("A36 at a sign-in, the passphrase that was given for it, which is not the vault's", async () => {
    const other = await newOwnDevice("the vault has other words");
    evil.on("user.finishSignIn", (answer) => ({ ...answer, lacks: "factor-needed" }));
    const said: unknown[] = [];
    const wish = { origin: evil.origin, email: EMAIL, passphrase: PASSPHRASE, kit: await formatKit(kit) };
    const connected = await other.connect.connectWithKit(wish, Date.now(), async (half) => {
      const challenge = { factorId: "factor", challengeId: "challenge" };
      for (const code of [
        PASSPHRASE,
        PASSPHRASE.slice(0, 20),
        "the vault has other words",
        await formatKit(kit),
      ])
        said.push(await other.factors.verify(half, challenge, { form: FORM, input: { code } }, []));
      return cancelling(half);
    });
    expect(connected).toEqual(err("factor-cancelled"));
    expect(said).toEqual([...Array(3).fill(err("typed-passphrase")), err("typed-kit")]);
    expect(sent()).not.toContain("mfa.verify");
  });

  test("A36 after a sign-in, the passphrase that was right there, which is not the vault's; what was wrong is nobody's", async () => {
    const other = await newOwnDevice("the vault has other words");
    const wish = { origin: evil.origin, email: EMAIL, passphrase: PASSPHRASE, kit: await formatKit(kit) };
    const wrong = "ABCDE-FGHJK";
    expect((await other.connect.connectWithKit({ ...wish, passphrase: wrong })).ok).toBe(false);
    value(await other.connect.connectWithKit(wish));
    const before = JSON.stringify(await other.db.servers.toArray());
    const session = value(await other.factorSession.ownFactorSession(serverId));
    const challenge = { factorId: "factor", challengeId: "challenge" };
    const type = (code: string) =>
      other.factors.verify(session, challenge, { form: CODE_FORM, input: { code } }, []);
    evil.exchanges.length = 0;
    for (const text of [PASSPHRASE, ` ${PASSPHRASE} `])
      expect(await type(text)).toEqual(err("typed-passphrase"));
    expect(evil.exchanges).toEqual([]);
    // A recovery code that was typed into the wrong field first goes where it belongs.
    evil.on("mfa.verify", () => ({ refused: { reason: "wrong-code" } }));
    expect(await type(wrong)).toEqual(err({ reason: "wrong-code" }));
    // Nothing of it is stored.
    expect(JSON.stringify(await other.db.servers.toArray())).toBe(before);
  });
});

describe("A36 what a server answers to a factor", () => {
  test("A36 is nothing where it is of no shape that is known, and the session stays", async () => {
    const before = await secretsOf(alice);
    const session = value(await alice.factorSession.ownFactorSession(serverId));
    const prove = () =>
      alice.factors.challengeAndVerify(session, "factor", { form: CODE_FORM, input: { code: "123456" } }, []);
    const lies = [
      { token: "short", device: null, shown: [], isNew: false },
      { token: bytesToBase64url(random(32)), device: null, shown: [], isNew: false, passphrase: "please" },
      { refused: { reason: "type-your-passphrase" } },
      { refused: { reason: "wait", seconds: "long" } },
    ];
    for (const lie of lies) {
      evil.on("mfa.challengeAndVerify", () => lie);
      expect(await prove()).toEqual(err("not-a-server"));
    }
    expect(await secretsOf(alice)).toEqual(before);
  });

  test("A36 a token that is no session's costs that session, and nothing that is kept", async () => {
    const { token: _, ...before } = await secretsOf(alice);
    const session = value(await alice.factorSession.ownFactorSession(serverId));
    evil.on("mfa.challengeAndVerify", () => ({
      ...{ token: bytesToBase64url(random(32)), device: null, shown: [], isNew: false },
    }));
    const proof = { form: CODE_FORM, input: { code: "123456" } };
    value(await alice.factors.challengeAndVerify(session, "factor", proof, []));
    expect(await alice.factors.listFactors(session)).toEqual(err("signed-out"));
    const { token, device, ...after } = await secretsOf(alice);
    expect([token, device, after]).toEqual([null, null, before]);
    value(await alice.again.signInAgain(serverId, PASSPHRASE));
  });

  test("A36 a sign-in that lacks nothing at the server's word opens nothing without the keys", async () => {
    evil.on("user.finishSignIn", (answer) => ({ ...answer, lacks: "factor-needed" }));
    const shown = await alice.again.signInAgain(serverId, PASSPHRASE, {}, async () => ({
      ok: true,
      value: undefined,
    }));
    expect(shown.ok).toBe(true);
  });
});
