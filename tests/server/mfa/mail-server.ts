import type { AddressInfo, Server } from "node:net";
import { createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it was handed over. */
export type Mail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly isSecure: boolean;
};

export type MailServer = { readonly port: number; readonly mails: Mail[]; close(): Promise<void> };

/** A mail server on this computer that takes everything, but for what the options say. */
export async function receiveMail(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : (mailFrom?.address ?? ""),
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString("utf8"),
          isSecure: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  // A client that breaks off is what some tests are about.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server that speaks no SMTP, but what is done with each connection. */
export async function misbehave(
  act: (socket: Socket) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Speaks just enough SMTP to get as far as a command, and then does what is said instead of answering. */
export function upTo(command: string, act: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.write("220 here\r\n");
    let said = "";
    let isOver = false;
    socket.on("data", (data) => {
      said += String(data);
      const lines = said.split("\r\n");
      said = lines.pop() ?? "";
      for (const line of lines) {
        if (isOver) return;
        isOver = line.toUpperCase().startsWith(command);
        if (isOver) act(socket);
        else socket.write("250 fine\r\n");
      }
    });
  };
}

/** The headers, by their names in lower case, and the text of a mail with one part. */
export function readMail(raw: string): { readonly headers: Map<string, string>; readonly text: string } {
  const [head = "", ...body] = raw.split("\r\n\r\n");
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at).toLowerCase(), readWords(line.slice(at + 1).trim())];
      }),
  );
  const encoded = body.join("\r\n\r\n");
  const encoding = headers.get("content-transfer-encoding");
  const text =
    encoding === "base64"
      ? Buffer.from(encoded, "base64").toString("utf8")
      : encoding === "quoted-printable"
        ? readQuoted(encoded.replace(/=\r\n/g, ""))
        : encoded;
  return { headers, text: text.replace(/\r\n/g, "\n") };
}

/** Encoded words (RFC 2047). */
function readWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, kind: string, said: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(said, "base64").toString("utf8")
        : readQuoted(said.replaceAll("_", " ")),
    );
}

function readQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
