import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { isMailAddress, mailSettings, makeMailer } from "../../../server/mfa/mailer.ts";
import { freePort } from "../../support/free-port.ts";
import { makeCertificate } from "../../support/make-certificate.ts";
import { misbehave, readMail, receiveMail, upTo } from "./mail-server.ts";

const ORIGIN = "https://codes.example.com";
const CODE = { code: "481516", minutes: 10, languages: ["en"] };
const PASSWORD = "the password of the mail server";

const folder = mkdtempSync(join(tmpdir(), "countersign-mail-"));
const { key, certificate: cert } = makeCertificate(["localhost"]);
const caFile = join(folder, "authority.pem");
writeFileSync(caFile, cert);
afterAll(() => rmSync(folder, { recursive: true }));

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of closing.splice(0)) await server.close();
});

async function serve<S extends { close(): Promise<void> }>(starting: Promise<S>): Promise<S> {
  const server = await starting;
  closing.push(server);
  return server;
}

/** A mailer with these settings, and what it logs. */
function mailerWith(settings: Readonly<Record<string, unknown>>) {
  const logged: string[] = [];
  const parsed = mailSettings.parse({ host: "localhost", from: "codes@example.com", ...settings });
  const mailer = makeMailer(parsed, ORIGIN, (event, details) =>
    logged.push(JSON.stringify({ event, ...details })),
  );
  return { mailer, logged };
}

const plain = (port: number) => ({ host: "127.0.0.1", port, tls: "none" });

describe("a mail server that behaves", () => {
  test("gets a mail in plain text, by nobody but us, that no machine answers", async () => {
    const server = await serve(receiveMail({ hideSTARTTLS: true }));
    const { mailer, logged } = mailerWith({
      ...plain(server.port),
      from: "Codes of a team <codes@example.com>",
    });
    expect(await mailer.sendCode("alice@example.com", CODE)).toBe(true);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: "codes@example.com", to: ["alice@example.com"] });
    const { headers, text } = readMail(mail?.raw ?? "");
    expect([...headers.keys()].sort()).toEqual([
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(headers.get("from")).toBe("Codes of a team <codes@example.com>");
    expect(headers.get("to")).toBe("alice@example.com");
    expect(headers.get("subject")).toBe("Your code for codes.example.com");
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(text).toContain("\n    481516\n");
    expect(text).toContain("within 10 minutes");
    expect(logged).toEqual([]);
  });

  test.each(["starttls", "implicit"])(
    "gets it encrypted (%s), from whoever knows the password",
    async (tls) => {
      const users: unknown[] = [];
      const server = await serve(
        receiveMail({
          secure: tls === "implicit",
          key,
          cert,
          authOptional: false,
          onAuth(auth, session, done) {
            users.push([auth.username, auth.password, session.secure]);
            done(null, { user: auth.username });
          },
        }),
      );
      const passwordFile = join(folder, "password");
      writeFileSync(passwordFile, `${PASSWORD}\n`);
      const { mailer, logged } = mailerWith({ port: server.port, tls, caFile, user: "codes", passwordFile });
      expect(await mailer.sendCode("alice@example.com", CODE), logged.join()).toBe(true);
      expect(users).toEqual([["codes", PASSWORD, true]]);
      expect(server.mails.map(({ isSecure }) => isSecure)).toEqual([true]);
    },
  );

  test("gets addresses in other scripts as they are", async () => {
    const server = await serve(receiveMail({ hideSTARTTLS: true }));
    const { mailer, logged } = mailerWith(plain(server.port));
    expect(await mailer.sendCode("爱丽丝@例子.测试", CODE), logged.join()).toBe(true);
    expect(server.mails[0]?.to[0]).toMatch(/^爱丽丝@(例子\.测试|xn--fsqu00a\.xn--0zwm56d)$/);
  });
});

describe("a mail server that does not", () => {
  /** Each as it is served, and what the log says of it. */
  const SERVED: Readonly<Record<string, [cause: RegExp, starting: () => Promise<object>]>> = {
    "is down": [/ESOCKET|ECONNECTION/, async () => plain(await freePort())],
    "is nowhere": [/EDNS|ECONNECTION/, async () => ({ host: "mail.invalid" })],
    "says nothing": [/ETIMEDOUT|EABORT/, async () => plain((await serve(misbehave(() => {}))).port)],
    "is slow at each step": [
      /ETIMEDOUT|EABORT/,
      async () => {
        const slow = (_address: unknown, _session: unknown, done: (error?: Error | null) => void) =>
          void setTimeout(done, 700);
        const server = receiveMail({
          hideSTARTTLS: true,
          onConnect: (_session, done) => void setTimeout(done, 700),
          onMailFrom: slow,
          onRcptTo: slow,
        });
        return plain((await serve(server)).port);
      },
    ],
    "speaks something else": [
      /EPROTOCOL/,
      async () => plain((await serve(misbehave((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n")))).port),
    ],
    "closes at once": [
      /ECONNECTION|ESOCKET/,
      async () => plain((await serve(misbehave((socket) => socket.end()))).port),
    ],
    "closes in the middle": [
      /ECONNECTION|ESOCKET/,
      async () => plain((await serve(misbehave(upTo("DATA", (socket) => socket.destroy())))).port),
    ],
    "talks without end": [
      /./,
      async () => {
        const talk = upTo("MAIL", (socket) => {
          const timer = setInterval(() => socket.write(`250-${"more ".repeat(2_000)}\r\n`), 5);
          socket.on("close", () => clearInterval(timer));
        });
        return plain((await serve(misbehave(talk))).port);
      },
    ],
    "refuses the address": [
      /EENVELOPE","answer":550/,
      async () => {
        const onRcptTo = (
          { address }: { readonly address: string },
          _session: unknown,
          done: (error?: Error | null) => void,
        ) => done(Object.assign(Error(`no ${address} here`), { responseCode: 550 }));
        return plain((await serve(receiveMail({ hideSTARTTLS: true, onRcptTo }))).port);
      },
    ],
    "refuses the password": [
      /EAUTH","answer":535/,
      async () => {
        const server = receiveMail({
          key,
          cert,
          onAuth: ({ password }, _session, done) => done(Error(`${password} is wrong`)),
        });
        const { port } = await serve(server);
        return { port, caFile, user: "codes", password: PASSWORD };
      },
    ],
    "has no STARTTLS": [
      /ETLS|EREQUIRETLS|EPROTOCOL/,
      async () => {
        const server = await serve(receiveMail({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] }));
        return { port: server.port, user: "codes", password: PASSWORD };
      },
    ],
    "has a certificate that nobody vouches for": [
      /ESOCKET|ETLS|CERT/,
      async () => ({ port: (await serve(receiveMail({ key, cert }))).port }),
    ],
    "has a certificate for another name": [
      /ESOCKET|ETLS|CERT/,
      async () => {
        const other = makeCertificate(["mail.example.com"]);
        const path = join(folder, "other.pem");
        writeFileSync(path, other.certificate);
        const server = await serve(receiveMail({ key: other.key, cert: other.certificate }));
        return { port: server.port, caFile: path };
      },
    ],
  };

  test.each(Object.entries(SERVED))(
    "%s: it is said in time, and nothing else is",
    async (_what, [cause, starting]) => {
      const { mailer, logged } = mailerWith({ seconds: 1, ...(await starting()) });
      const begun = performance.now();
      expect(await mailer.sendCode("alice@example.com", CODE)).toBe(false);
      expect(performance.now() - begun).toBeLessThan(3_000);
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatch(/^\{"event":"mail-not-sent","what":"code","cause":"/);
      expect(logged[0]).toMatch(cause);
      for (const secret of ["alice", "example.com", CODE.code, PASSWORD, "codes"])
        expect(logged[0]).not.toContain(secret);
      for (const server of closing) expect("mails" in server ? server.mails : []).toEqual([]);
    },
  );

  test("gets no password before the connection is encrypted", async () => {
    const users: unknown[] = [];
    const server = await serve(
      receiveMail({
        hideSTARTTLS: true,
        disabledCommands: ["STARTTLS"],
        allowInsecureAuth: true,
        onAuth: ({ username }, _session, done) => done(null, { user: users.push(username) }),
      }),
    );
    const { mailer } = mailerWith({ port: server.port, user: "codes", password: PASSWORD });
    expect(await mailer.sendCode("alice@example.com", CODE)).toBe(false);
    expect(users).toEqual([]);
  });

  test("stops no change of factors that is told of", async () => {
    const { mailer, logged } = mailerWith({ seconds: 1, ...plain(await freePort()) });
    const change = { what: "reset-by-administrator" } as const;
    await mailer.tell("alice@example.com", change, { at: 0, languages: [] });
    expect(logged[0]).toContain('"what":"reset-by-administrator"');
  });
});

describe("an address that would be more than one", () => {
  const INJECTIONS = [
    "alice@example.com\r\nBcc: eve@example.com",
    "alice@example.com\nRCPT TO:<eve@example.com>",
    "alice@example.com,eve@example.com",
    "alice@example.com;eve@example.com",
    "<alice@example.com>",
    "Alice <alice@example.com>",
    '"alice eve"@example.com',
    "friends:alice@example.com;",
    "alice(eve)@example.com",
    "alice@example.com> SIZE=1",
    "alice@eve@example.com",
    "alice@example.com\u0000",
    "alice@example.com\u2028Bcc:eve@example.com",
    "alice@\u202eexample.com",
    "alice@[127.0.0.1]",
    "alice@-example.com",
    "@example.com",
    "alice@",
    "",
    `${"a".repeat(250)}@example.com`,
  ];

  test.each(INJECTIONS)("%j is none", async (address) => {
    const { mailer, logged } = mailerWith(plain(await freePort()));
    expect(await mailer.sendCode(address, CODE)).toBe(false);
    expect(logged).toEqual(['{"event":"mail-not-sent","what":"code","cause":"address"}']);
  });

  test("whatever is taken for an address is the only one that a mail goes to", async () => {
    const server = await serve(receiveMail({ hideSTARTTLS: true }));
    const { mailer } = mailerWith(plain(server.port));
    const ascii = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 30 });
    const local = fc.oneof(ascii, fc.stringMatching(/^[!-~]{1,20}$/));
    const address = fc
      .tuple(local, fc.constantFrom("example.com", "a.example"))
      .map((parts) => parts.join("@"));
    const some = fc.uniqueArray(address.filter(isMailAddress), { minLength: 4, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(some, async (addresses) => {
        server.mails.length = 0;
        const sent = await Promise.all(addresses.map((to) => mailer.sendCode(to, CODE)));
        expect(sent).not.toContain(false);
        // Two dots in a row are sent as RFC 5321 wants them, in quotes: it is the same address.
        const bare = (written = "") => written.replace(/["<>]/g, "");
        expect(server.mails.map(({ to }) => to.map(bare).join("\n")).sort()).toEqual([...addresses].sort());
        for (const { to, raw } of server.mails) {
          const { headers } = readMail(raw);
          expect(headers.size).toBe(9);
          expect(bare(headers.get("to"))).toBe(bare(to[0]));
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("settings", () => {
  const GOOD = { host: "mail.example.com", from: "codes@example.com" };

  test("are encrypted, at the usual port and within a quarter of a minute, unless they say otherwise", () => {
    expect(mailSettings.parse(GOOD)).toEqual({ ...GOOD, tls: "starttls", seconds: 15 });
  });

  test.each([
    ["no host", { host: undefined }, "host"],
    ["a host with a line break", { host: "mail\r\nexample" }, "must be the name of a mail server"],
    ["a port that there is none of", { port: 70_000 }, "port"],
    ["a slip of the pen", { pasword: "x" }, "pasword"],
    ["two senders", { from: "a@example.com, b@example.com" }, "must be an address"],
    ["a sender with a header in it", { from: "A\r\nBcc: eve <a@example.com>" }, "must be an address"],
    ["another computer without encryption", { tls: "none" }, "on this computer alone"],
    ["a user without a password", { user: "codes" }, "give both or none"],
    ["a password without a user", { password: "x" }, "give both or none"],
    ["two passwords", { user: "codes", password: "x", passwordFile: "y" }, "either the password or its file"],
  ])("with %s are refused, and what is wrong is named", (_what, wrong, message) => {
    const parsed = mailSettings.safeParse({ ...GOOD, ...wrong });
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });

  test("that name a file which isn't there say which", () => {
    const passwordFile = join(folder, "nowhere");
    expect(() => mailerWith({ user: "codes", passwordFile })).toThrow(`${passwordFile} can't be read`);
  });
});
