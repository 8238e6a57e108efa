import { afterEach, describe, expect, test } from "vitest";
import type { Asked, Kept } from "../../../server/mfa/module.ts";
import { emailKind, maskAddress } from "../../../server/mfa/modules/email.ts";
import { askedWith, beginFactor, mustGive, siteWith } from "./asked.ts";
import { type MailServer, readMail, receiveMail } from "./mail-server.ts";
import { mailerWith, plain } from "./mailer-with.ts";

const servers: MailServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** The module, and the mails that its server gets. */
async function serveMail() {
  const server = await receiveMail({ hideSTARTTLS: true });
  servers.push(server);
  const { mailer, logged } = mailerWith(plain(server.port));
  const module = emailKind.make({}, siteWith(mailer));
  const codeIn = (at: number) => /^ {4}(\d{6})$/m.exec(readMail(server.mails[at]?.raw ?? "").text)?.[1] ?? "";
  return { server, module, logged, codeIn };
}

/** Six digits that are not these. */
const otherThan = (code: string) => code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10));

describe("a code by mail", () => {
  test("arrives at the address of the account, is accepted, and shows whither it went without saying it", async () => {
    const { server, module, codeIn } = await serveMail();
    const { factor, challenge, shown } = await beginFactor(module, askedWith());
    const until = askedWith().now + 10 * 60_000;
    expect(shown).toEqual([{ kind: "sent", to: "a•••@example.com", until }]);
    expect(server.mails.map(({ to }) => to)).toEqual([["alice@example.com"]]);
    const held = { factor, challenge, isSetUp: false };
    const { kept } = await mustGive(module.verify(askedWith(), held, { code: codeIn(0) }));
    expect(kept).toMatchObject({ address: "alice@example.com" });
  });

  test("counts as weak, for ten minutes and five tries", async () => {
    const { module } = await serveMail();
    expect(module).toMatchObject({ strength: "weak", tries: 5, challengeMs: 600_000, isSpare: false });
    expect(module.setUpForm).toEqual([]);
  });

  test("is six digits that are not kept as they are", async () => {
    const { module, codeIn } = await serveMail();
    const { challenge } = await beginFactor(module, askedWith());
    expect(codeIn(0)).toMatch(/^\d{6}$/);
    expect(JSON.stringify(challenge)).not.toContain(codeIn(0));
  });

  test("may be typed in groups, with blanks or dashes, and with full-width digits", async () => {
    const { module, codeIn } = await serveMail();
    const begun = await beginFactor(module, askedWith());
    const code = codeIn(0);
    const wide = code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const typed of [
      `${code.slice(0, 3)} ${code.slice(3)}`,
      `${code.slice(0, 3)}–${code.slice(3)}`,
      wide,
    ])
      expect(await module.verify(askedWith(), { ...begun, isSetUp: false }, { code: typed })).toMatchObject({
        ok: true,
      });
  });

  test("is refused when it is another, or no six digits", async () => {
    const { module, codeIn } = await serveMail();
    const begun = { ...(await beginFactor(module, askedWith())), isSetUp: false };
    const verify = async (code: string) => {
      const outcome = await module.verify(askedWith(), begun, { code });
      return outcome.ok ? "ok" : outcome.error.reason;
    };
    expect(await verify(otherThan(codeIn(0)))).toBe("wrong-code");
    for (const typed of ["", "12345", "1234567", "abcdef", `${codeIn(0)}0`, "1e4000"])
      expect(await verify(typed)).toBe("malformed");
    expect(await verify(codeIn(0))).toBe("ok");
  });

  test("is good up to the end of ten minutes", async () => {
    const { module, codeIn } = await serveMail();
    const begun = { ...(await beginFactor(module, askedWith())), isSetUp: false };
    const at = (ms: number): Asked => askedWith({ now: askedWith().now + ms });
    expect(await module.verify(at(600_000), begun, { code: codeIn(0) })).toEqual({
      ok: false,
      error: { reason: "challenge-over" },
    });
    expect(await module.verify(at(599_999), begun, { code: codeIn(0) })).toMatchObject({ ok: true });
  });

  test("is good once: the second of two at the same moment is told that it was used", async () => {
    const { module, codeIn } = await serveMail();
    const begun = { ...(await beginFactor(module, askedWith())), isSetUp: false };
    const proof = { code: codeIn(0) };
    const { kept } = await mustGive(module.verify(askedWith(), begun, proof));
    expect(await module.verify(askedWith(), { ...begun, factor: kept, isSetUp: true }, proof)).toEqual({
      ok: false,
      error: { reason: "used-code" },
    });
  });

  test("is another one each time it is sent, and the former doesn't answer the new question", async () => {
    const { module, codeIn } = await serveMail();
    const { factor } = await beginFactor(module, askedWith());
    const { kept: challenge } = await mustGive(module.beginChallenge(askedWith(), factor));
    const held = { factor, challenge, isSetUp: false };
    const [former, latter] = [codeIn(0), codeIn(1)];
    if (former !== latter)
      expect(await module.verify(askedWith(), held, { code: former })).toEqual({
        ok: false,
        error: { reason: "wrong-code" },
      });
    expect(await module.verify(askedWith(), held, { code: latter })).toMatchObject({ ok: true });
  });

  test("answers no other factor's question", async () => {
    const { module, codeIn } = await serveMail();
    const begun = { ...(await beginFactor(module, askedWith())), isSetUp: false };
    const asked = askedWith({ factorId: "factor-2" });
    expect(await module.verify(asked, begun, { code: codeIn(0) })).toMatchObject({ ok: false });
  });

  test("goes where it was proven, after the account has another address", async () => {
    const { server, module, codeIn } = await serveMail();
    const begun = { ...(await beginFactor(module, askedWith())), isSetUp: false };
    const { kept } = await mustGive(module.verify(askedWith(), begun, { code: codeIn(0) }));
    const moved = askedWith({ user: { id: "alice-id", email: "eve@example.com" } });
    await mustGive(module.beginChallenge(moved, kept));
    expect(server.mails.at(-1)?.to).toEqual(["alice@example.com"]);
  });

  test("is set up once for an address", async () => {
    const { module } = await serveMail();
    const { factor } = await beginFactor(module, askedWith());
    const again = (others: readonly Kept[], email: string) =>
      module.beginSetUp(askedWith({ others, user: { id: "alice-id", email } }), {});
    expect(await again([factor], "alice@example.com")).toEqual({
      ok: false,
      error: { reason: "already-bound" },
    });
    expect(await again([factor], "alice@example.org")).toMatchObject({ ok: true });
  });

  test("is not sent to an address that no mail can have, and nothing is kept then", async () => {
    const { server, module, logged } = await serveMail();
    const asked = askedWith({ user: { id: "eve-id", email: "eve,bob@example.com" } });
    const { kept } = await mustGive(module.beginSetUp(asked, {}));
    expect(await module.beginChallenge(asked, kept)).toEqual({
      ok: false,
      error: { reason: "not-reached" },
    });
    expect(server.mails).toEqual([]);
    expect(logged).toEqual(['{"event":"mail-not-sent","what":"code","cause":"address"}']);
  });
});

test("the module asks for a mail server when the server starts, not when somebody needs a code", () => {
  expect(() => emailKind.make({}, siteWith(null))).toThrow('say which in "mail"');
});

test.each([
  ["alice@example.com", "a•••@example.com"],
  ["a@example.com", "•••@example.com"],
  ["爱丽丝@example.com", "爱•••@example.com"],
  ["𝒶lice@example.com", "𝒶•••@example.com"],
])("of %s no more is shown than %s", (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});
