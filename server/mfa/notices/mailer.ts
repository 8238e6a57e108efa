import { readFileSync } from "node:fs";
import type { SentMessageInfo, Transporter } from "nodemailer";
import * as z from "zod/mini";
import type { Log } from "../../log.ts";
import {
  chooseLetter,
  type FactorChange,
  type Letters,
  lettersOfChange,
  lettersOfCode,
} from "./mail-words.ts";

/** Sends mail to the people of this server. What fails is logged without address and words, and throws nothing. */
export type Mailer = {
  /**
   * Sends a code.
   *
   * @param languages in which the person reads, the best first; none that we write: the mail is in all of ours
   * @returns whether the mail server has taken it, within the time that the settings say
   */
  sendCode(
    to: string,
    what: { readonly code: string; readonly minutes: number; readonly languages: readonly string[] },
  ): Promise<boolean>;
  /**
   * Tells of a change of second factors, once it has happened.
   *
   * @param at when, in milliseconds since 1970 UTC
   */
  tell(
    to: string,
    change: FactorChange,
    when: { readonly at: number; readonly languages: readonly string[] },
  ): Promise<void>;
};

/**
 * One address that a mail may go to: no blank, no control character, and nothing with which RFC 5322 makes names, comments,
 * groups and lists, so that neither a header nor the envelope holds anything but it.
 */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;
const LONGEST_ADDRESS = 254;

/** An address, or a name and an address: Countersign <codes@example.com>. */
const MAILBOX = /^(?:(?<name>[^<>"\p{C}]*\S)\s*<(?<inAngles>[^<>]+)>|(?<bare>\S+))$/u;

const LOOPBACK: readonly string[] = ["localhost", "127.0.0.1", "::1"];

const text = z.string().check(z.minLength(1), z.maxLength(1_024));

/** What the configuration says of the server that mail is handed to. */
export const mailSettings = z
  .strictObject({
    host: z.string().check(z.regex(/^[A-Za-z0-9.:-]{1,253}$/, "must be the name of a mail server")),
    /** Left out: 465 for "implicit", 587 else. */
    port: z.optional(z.int().check(z.gte(1), z.lte(65_535))),
    /** From the first byte on, after STARTTLS (required, never tried and done without), or not at all. */
    tls: z._default(z.enum(["implicit", "starttls", "none"]), "starttls"),
    /** A file with the certificate (PEM) of whoever signed the mail server's, where it is nobody that Node knows. */
    caFile: z.optional(text),
    user: z.optional(text),
    password: z.optional(text),
    passwordFile: z.optional(text),
    from: z
      .string()
      .check(
        z.refine((from) => parseMailbox(from) !== null, "must be an address, or a name and <an address>"),
      ),
    /** How long a mail may take until it is taken. */
    seconds: z._default(z.int().check(z.gte(1), z.lte(60)), 15),
  })
  .check(
    z.refine(({ tls, host }) => tls !== "none" || LOOPBACK.includes(host), {
      path: ["tls"],
      message: '"none" is for a mail server on this computer alone',
    }),
    z.refine(({ password, passwordFile }) => password === undefined || passwordFile === undefined, {
      path: ["passwordFile"],
      message: "give either the password or its file",
    }),
    z.refine((said) => (said.user === undefined) === ((said.password ?? said.passwordFile) === undefined), {
      path: ["user"],
      message: "user and password go together: give both or none",
    }),
  );

export type MailSettings = z.infer<typeof mailSettings>;

/**
 * Makes a mailer. Throws, with the path and nothing else, where a file that the settings name can't be read.
 *
 * @param origin of this server, which the mails name
 */
export function makeMailer(settings: MailSettings, origin: string, log: Log): Mailer {
  const { hostname, host } = new URL(origin);
  const { tls, user, seconds } = settings;
  const from = senderOf(settings);
  const milliseconds = seconds * 1_000;
  const options = {
    host: settings.host,
    port: settings.port ?? (tls === "implicit" ? 465 : 587),
    // The computer's own name is nothing that a mail server has to know.
    name: hostname,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    ...(settings.caFile === undefined ? {} : { tls: { ca: readText(settings.caFile) } }),
    ...(user === undefined ? {} : { auth: { user, pass: passwordOf(settings) } }),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  let transport: Promise<Transporter<SentMessageInfo>> | null = null;
  /** Loaded with the first mail: it takes megabytes, and many a server sends none. What failed is tried again with the next. */
  const connect = () => {
    transport ??= import("nodemailer").then(
      ({ createTransport }) => createTransport(options),
      (error) => {
        transport = null;
        throw error;
      },
    );
    return transport;
  };

  /** @returns whether it was taken */
  async function send(
    what: string,
    to: string,
    letters: Letters,
    languages: readonly string[],
  ): Promise<boolean> {
    if (!isMailAddress(to)) {
      log("mail-not-sent", { what, cause: "address" });
      return false;
    }
    const { subject, text } = chooseLetter(letters, languages);
    try {
      const connected = await connect();
      await connected.sendMail({
        from,
        to: { name: "", address: to },
        envelope: { from: from.address, to: [to] },
        subject,
        text: `${text}\n`,
        // So that no absence assistant answers (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
        // Each time limit of the connection holds for one step; this one for all of them together.
        signal: AbortSignal.timeout(milliseconds),
      });
      return true;
    } catch (error) {
      log("mail-not-sent", { what, ...causeOf(error) });
      return false;
    }
  }

  return {
    sendCode: (to, { code, minutes, languages }) =>
      send("code", to, lettersOfCode(host, code, minutes), languages),
    async tell(to, change, { at, languages }) {
      await send(change.what, to, lettersOfChange(host, change, at), languages);
    },
  };
}

/** Whether a mail can go there. Accounts may have other addresses, as nothing was ever sent to them. */
export function isMailAddress(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && ADDRESS.test(address);
}

function parseMailbox(written: string): { readonly name: string; readonly address: string } | null {
  const { name = "", inAngles, bare } = MAILBOX.exec(written)?.groups ?? {};
  const address = inAngles ?? bare;
  return address !== undefined && isMailAddress(address) ? { name, address } : null;
}

function senderOf({ from }: MailSettings): { readonly name: string; readonly address: string } {
  const mailbox = parseMailbox(from);
  if (mailbox === null) throw Error("settings that were checked hold no address");
  return mailbox;
}

function passwordOf({ password, passwordFile }: MailSettings): string {
  if (passwordFile === undefined) return password ?? "";
  return readText(passwordFile).replace(/\r?\n$/, "");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw Error(`${path} can't be read: the settings of mail name it`);
  }
}

/**
 * What may be known of a failure: the kind of it, and the number of the mail server's answer. Its words may hold the address,
 * or what was sent.
 */
function causeOf(error: unknown): { readonly cause: string; readonly answer?: number } {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const cause = typeof code === "string" && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : "unknown";
  return typeof responseCode === "number" ? { cause, answer: responseCode } : { cause };
}
