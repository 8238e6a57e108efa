import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { freePort } from "../../support/free-port.ts";
import { makeCertificate } from "../../support/make-certificate.ts";
import { misbehave, readMail, receiveMail, upTo } from "./mail-server.ts";
import { CODE, mailerWith, plain } from "./mailer-with.ts";

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

  test("gets the next mail where what sends it could not be loaded for the first one", async () => {
    const server = await serve(receiveMail({ hideSTARTTLS: true }));
    const { mailer, logged } = mailerWith(plain(server.port));
    // As where a busy server has no file left to open.
    vi.doMock("nodemailer", () => {
      throw Error("EMFILE");
    });
    expect(await mailer.sendCode("alice@example.com", CODE)).toBe(false);
    expect(logged).toHaveLength(1);
    vi.doUnmock("nodemailer");
    expect(await mailer.sendCode("alice@example.com", CODE)).toBe(true);
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
